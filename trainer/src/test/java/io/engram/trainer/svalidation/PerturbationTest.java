package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbationTest {
  private static final ImageShape GREY = new ImageShape(28, 28, 1);
  private static final ImageShape COLOUR = new ImageShape(8, 6, 3);

  /** Every value another, so that each can be found again. */
  private static float[] image(ImageShape shape, int offset) {
    float[] values = new float[offset + shape.size() + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.1, 0.5, 1})
  void movesValuesAmongAsManyPositionsAsAsked(double fraction) {
    PixelShuffle shuffle = new PixelShuffle(fraction, PixelShuffle.Choice.PER_IMAGE, false);
    int chosen = (int) Math.round(fraction * 784);
    double moved = 0;
    for (int id = 0; id < 200; id++) {
      float[] values = image(GREY, 5);
      shuffle.apply(values, 5, GREY, 1, id);
      assertThat(values).containsExactlyInAnyOrder(image(GREY, 5));
      int changed = 0;
      for (int i = 0; i < values.length; i++) {
        changed += values[i] != i ? 1 : 0;
        assertThat(i >= 5 && i < 789 || values[i] == i).isTrue();
      }
      assertThat(changed).isLessThanOrEqualTo(chosen);
      moved += changed / 200.0;
    }
    // A uniform permutation has one fixed point on average, whatever its size.
    assertThat(moved).isCloseTo(chosen - 1, within(0.4));
  }

  @Test
  void everyPositionIsChosenAsOften() {
    PixelShuffle shuffle = new PixelShuffle(0.25, PixelShuffle.Choice.PER_IMAGE, false);
    ImageShape shape = new ImageShape(4, 4, 1);
    int[] changed = new int[16];
    for (int id = 0; id < 8_000; id++) {
      float[] values = image(shape, 0);
      shuffle.apply(values, 0, shape, 3, id);
      for (int i = 0; i < 16; i++) {
        changed[i] += values[i] != i ? 1 : 0;
      }
    }
    // 4 of 16 chosen, 3 of 4 moved: 1,500 with a standard deviation of 35.
    assertThat(Arrays.stream(changed).boxed())
        .allSatisfy(n -> assertThat(n).isBetween(1_500 - 175, 1_500 + 175));
  }

  @Test
  void aSetIsFixedBySeedAndId() {
    assertThat(shuffled(1, 7, PixelShuffle.Choice.PER_IMAGE))
        .isEqualTo(shuffled(1, 7, PixelShuffle.Choice.PER_IMAGE))
        .isNotEqualTo(shuffled(2, 7, PixelShuffle.Choice.PER_IMAGE))
        .isNotEqualTo(shuffled(1, 8, PixelShuffle.Choice.PER_IMAGE));
    assertThat(shuffled(1, 7, PixelShuffle.Choice.SHARED))
        .isEqualTo(shuffled(1, 8, PixelShuffle.Choice.SHARED))
        .isNotEqualTo(shuffled(2, 7, PixelShuffle.Choice.SHARED));
  }

  private static float[] shuffled(long seed, int id, PixelShuffle.Choice choice) {
    float[] values = image(GREY, 0);
    new PixelShuffle(0.1, choice, false).apply(values, 0, GREY, seed, id);
    return values;
  }

  @Test
  void channelsOfAPixelMoveTogether() {
    float[] values = image(COLOUR, 0);
    new PixelShuffle(1, PixelShuffle.Choice.PER_IMAGE, true).apply(values, 0, COLOUR, 1, 1);
    Set<Float> sources = new HashSet<>();
    for (int i = 0; i < 48; i++) {
      assertThat(values[48 + i]).isEqualTo(values[i] + 48);
      assertThat(values[96 + i]).isEqualTo(values[i] + 96);
      sources.add(values[i]);
    }
    assertThat(sources).hasSize(48).allMatch(source -> source < 48);
    float[] apart = image(COLOUR, 0);
    new PixelShuffle(1, PixelShuffle.Choice.PER_IMAGE, false).apply(apart, 0, COLOUR, 1, 1);
    assertThat(apart[0]).isNotEqualTo(apart[48] - 48);
  }

  @Test
  void aQuarterTurnMovesPixelsExactly() {
    ImageShape square = new ImageShape(5, 5, 2);
    float[] values = image(square, 0);
    Rotation.rotate(values, 0, square, 0, 1);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 5; x++) {
        assertThat(values[y * 5 + x]).isEqualTo((4 - x) * 5 + y);
        assertThat(values[25 + y * 5 + x]).isEqualTo(25 + (4 - x) * 5 + y);
      }
    }
  }

  @Test
  void aPlaneIsRotatedAsAPlane() {
    int size = 9;
    double angle = Math.toRadians(10);
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * (i % size - 4) - 3 * (i / size - 4);
    }
    ImageShape shape = new ImageShape(size, size, 1);
    new Rotation(10).apply(values, 0, shape, 1, 1);
    double across = 2 * Math.cos(angle) + 3 * Math.sin(angle);
    double other = 2 * Math.cos(angle) - 3 * Math.sin(angle);
    assertThat(values[40]).isZero();
    assertThat(Math.min(Math.abs(values[42] / 2 - across), Math.abs(values[42] / 2 - other)))
        .isLessThan(1e-5);
  }

  @Test
  void bothDirectionsOccur() {
    Set<Float> found = new HashSet<>();
    for (int id = 0; id < 20; id++) {
      float[] values = image(GREY, 0);
      new Rotation(5).apply(values, 0, GREY, 1, id);
      found.add(values[100]);
    }
    assertThat(found).hasSize(2);
  }

  @Test
  void namesAndProblems() {
    assertThat(new PixelShuffle(0.05, PixelShuffle.Choice.PER_IMAGE, false).name())
        .isEqualTo("shuffle 5 %");
    assertThat(new PixelShuffle(1, PixelShuffle.Choice.SHARED, false).name())
        .isEqualTo("shuffle 100 % shared");
    assertThat(new Rotation(2.5).name()).isEqualTo("rotation 2.5°");
    assertThatThrownBy(() -> new PixelShuffle(0, PixelShuffle.Choice.SHARED, false))
        .hasMessage("fraction: is 0.0, must be greater than 0 and at most 1");
    assertThatThrownBy(() -> new PixelShuffle(Double.NaN, PixelShuffle.Choice.SHARED, false))
        .isInstanceOf(SValidationException.class);
    assertThatThrownBy(() -> new Rotation(180))
        .hasMessage("degrees: is 180.0, must be greater than 0 and less than 180");
  }
}
