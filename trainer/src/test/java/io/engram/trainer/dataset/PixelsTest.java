package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Pooling and moments against naive second implementations. */
final class PixelsTest {
  private static final int COUNT = 5;
  private static final ImageShape SHAPE = new ImageShape(4, 6, 3);
  private static final RawSet SET =
      new RawSet(
          SHAPE, new int[COUNT], new byte[COUNT], TestFiles.pattern(COUNT * SHAPE.size(), 3));

  private static double pixel(int image, int channel, int y, int x) {
    int at = ((image * SHAPE.channels() + channel) * SHAPE.height() + y) * SHAPE.width() + x;
    return (SET.pixels()[at] & 0xff) / 255.0;
  }

  @Test
  void poolingTakesTheMeanOfEachSquareExactly() {
    ImageShape pooled = Pooling.shape(SHAPE);
    Levels levels = Pooling.pool(SET);

    assertThat(pooled).isEqualTo(new ImageShape(2, 3, 3));
    for (int image = 0; image < COUNT; image++) {
      int index = 0;
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < 4; y += 2) {
          for (int x = 0; x < 6; x += 2) {
            double mean =
                (pixel(image, channel, y, x)
                        + pixel(image, channel, y, x + 1)
                        + pixel(image, channel, y + 1, x)
                        + pixel(image, channel, y + 1, x + 1))
                    / 4;
            double value = (double) levels.level(image, index++) / levels.maximum();
            assertThat(value).isCloseTo(mean, within(1e-15));
          }
        }
      }
      assertThat(index).isEqualTo(pooled.size());
    }
  }

  @Test
  void scalarMomentsAreThoseOfAllPixelsTogether() {
    double[] pixels = new double[SET.pixels().length];
    Arrays.setAll(pixels, i -> (SET.pixels()[i] & 0xff) / 255.0);

    Moments moments =
        Moments.scalar(new Levels.Bytes(SET.pixels(), SHAPE.size()), COUNT, SHAPE.size());

    assertMoments(moments, 0, pixels);
    assertThat(moments.mean(17)).isEqualTo(moments.mean(0));
    assertThat(moments.vary()).isTrue();
  }

  @Test
  void perPixelMomentsAreThoseOfEachPixelOverTheImages() {
    Moments moments =
        Moments.perPixel(new Levels.Bytes(SET.pixels(), SHAPE.size()), COUNT, SHAPE.size());

    for (int i = 0; i < SHAPE.size(); i++) {
      double[] column = new double[COUNT];
      for (int image = 0; image < COUNT; image++) {
        column[image] = (SET.pixels()[image * SHAPE.size() + i] & 0xff) / 255.0;
      }
      assertMoments(moments, i, column);
    }
  }

  @Test
  void momentsOfPooledImagesAreThoseOfTheMeans() {
    Levels levels = Pooling.pool(SET);
    double[] means = new double[COUNT * 18];
    Arrays.setAll(means, i -> levels.level(i / 18, i % 18) / 1020.0);

    assertMoments(Moments.scalar(levels, COUNT, 18), 0, means);
  }

  @Test
  void equalPixelsDoNotVary() {
    Levels levels = new Levels.Bytes(new byte[] {9, 9, 9, 9}, 2);

    assertThat(Moments.scalar(levels, 2, 2).vary()).isFalse();
    assertThat(Moments.perPixel(levels, 2, 2).standardDeviation(1)).isZero();
  }

  private static void assertMoments(Moments moments, int index, double[] pixels) {
    double mean = Arrays.stream(pixels).sum() / pixels.length;
    double squares = 0;
    for (double pixel : pixels) {
      squares += (pixel - mean) * (pixel - mean);
    }
    assertThat(moments.mean(index)).isCloseTo(mean, within(1e-12));
    assertThat(moments.standardDeviation(index))
        .isCloseTo(Math.sqrt(squares / pixels.length), within(1e-12));
  }
}
