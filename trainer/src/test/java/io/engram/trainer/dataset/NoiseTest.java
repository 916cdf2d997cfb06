package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.spec.NoiseSpec;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NoiseTest {
  private static final int N = 5_000;
  private static final int CLASSES = 10;
  private static final int[] IDS = IntStream.range(0, N).map(i -> 7 * i).toArray();
  private static final int[] LABELS = IntStream.range(0, N).map(i -> i % CLASSES).toArray();

  private static LabelNoise labels(double share, NoiseSpec.Kind kind, long seed) {
    return LabelNoise.apply(new NoiseSpec.Labels(share, kind), LABELS, IDS, CLASSES, seed);
  }

  private static int flipped(LabelNoise noise) {
    return (int) IntStream.range(0, N).filter(i -> noise.given()[i] != LABELS[i]).count();
  }

  private static void assertCount(int count, double probability) {
    assertThat(count).isBetween(Binomial.low(N, probability), Binomial.high(N, probability));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.4, 0.8})
  void uniformNoiseFlipsTheShareLessThoseThatMeetTheirOwnClass(double share) {
    LabelNoise noise = labels(share, NoiseSpec.Kind.UNIFORM, 1);

    assertCount(noise.selected().cardinality(), share);
    assertCount(flipped(noise), share * (CLASSES - 1) / CLASSES);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.4, 0.8})
  void noiseOverTheOthersFlipsEveryLabelItSelects(double share) {
    LabelNoise noise = labels(share, NoiseSpec.Kind.UNIFORM_OTHERS, 2);

    assertCount(noise.selected().cardinality(), share);
    assertThat(flipped(noise)).isEqualTo(noise.selected().cardinality());
  }

  @Test
  void pairFlipGoesToTheNextClass() {
    LabelNoise noise = labels(0.3, NoiseSpec.Kind.PAIR_FLIP, 3);

    assertCount(noise.selected().cardinality(), 0.3);
    for (int row = 0; row < N; row++) {
      int expected = noise.selected().get(row) ? (LABELS[row] + 1) % CLASSES : LABELS[row];
      assertThat(noise.given()[row]).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = NoiseSpec.Kind.class,
      names = {"UNIFORM", "UNIFORM_OTHERS"})
  void everyClassThatMayBeDrawnIsAsLikelyAsTheNext(NoiseSpec.Kind kind) {
    LabelNoise noise = labels(1, kind, 4);
    int[] shifts = new int[CLASSES];
    for (int row = 0; row < N; row++) {
      shifts[(noise.given()[row] - LABELS[row] + CLASSES) % CLASSES]++;
    }
    boolean own = kind == NoiseSpec.Kind.UNIFORM;
    for (int shift = own ? 0 : 1; shift < CLASSES; shift++) {
      assertCount(shifts[shift], own ? 0.1 : 1 / 9.0);
    }
    assertThat(IntStream.of(shifts).sum()).isEqualTo(N);
  }

  @ParameterizedTest
  @EnumSource(NoiseSpec.Kind.class)
  void noShareChangesNothingAndTheWholeShareSelectsAll(NoiseSpec.Kind kind) {
    assertThat(labels(0, kind, 5).given()).isEqualTo(LABELS);
    assertThat(labels(0, kind, 5).selected().isEmpty()).isTrue();
    assertThat(labels(1, kind, 5).selected().cardinality()).isEqualTo(N);
  }

  @ParameterizedTest
  @EnumSource(NoiseSpec.Kind.class)
  void aLargerShareKeepsWhatASmallerOneDid(NoiseSpec.Kind kind) {
    LabelNoise small = labels(0.2, kind, 6);
    LabelNoise large = labels(0.6, kind, 6);

    small.selected().stream()
        .forEach(
            row -> {
              assertThat(large.selected().get(row)).isTrue();
              assertThat(large.given()[row]).isEqualTo(small.given()[row]);
            });
  }

  @Test
  void aLabelDependsOnSeedAndIdNotOnTheOtherExamples() {
    LabelNoise all = labels(0.4, NoiseSpec.Kind.UNIFORM, 7);
    int[] rows = IntStream.range(0, N).filter(row -> row % 3 == 1).toArray();
    LabelNoise part =
        LabelNoise.apply(
            new NoiseSpec.Labels(0.4, NoiseSpec.Kind.UNIFORM),
            IntStream.of(rows).map(row -> LABELS[row]).toArray(),
            IntStream.of(rows).map(row -> IDS[row]).toArray(),
            CLASSES,
            7);
    for (int i = 0; i < rows.length; i++) {
      assertThat(part.given()[i]).isEqualTo(all.given()[rows[i]]);
      assertThat(part.selected().get(i)).isEqualTo(all.selected().get(rows[i]));
    }
    assertThat(labels(0.4, NoiseSpec.Kind.UNIFORM, 8).given()).isNotEqualTo(all.given());
  }

  @Test
  void inputsAndLabelsAreSelectedIndependently() {
    NoiseSpec.Inputs inputs = new NoiseSpec.Inputs(0.4, NoiseSpec.Moments.SCALAR);
    LabelNoise noise = labels(0.3, NoiseSpec.Kind.UNIFORM, 9);
    int selected = 0;
    int both = 0;
    for (int row = 0; row < N; row++) {
      if (InputNoise.selects(inputs, 9, IDS[row])) {
        selected++;
        both += noise.selected().get(row) ? 1 : 0;
      }
    }
    assertCount(selected, 0.4);
    assertCount(both, 0.4 * 0.3);
  }

  @Test
  void inputNoiseHasTheMomentsAskedForAndIsNotClipped() {
    Moments scalar = new Moments(new double[] {0.13}, new double[] {0.31});
    double sum = 0;
    double squares = 0;
    int below = 0;
    int n = 100 * 784;
    for (int id = 0; id < 100; id++) {
      for (float pixel : InputNoise.draw(scalar, Standardization.NONE, 784, 1, id)) {
        sum += pixel;
        squares += (double) pixel * pixel;
        below += pixel < 0 ? 1 : 0;
      }
    }
    double mean = sum / n;
    assertThat(mean).isCloseTo(0.13, within(4 * 0.31 / Math.sqrt(n)));
    assertThat(Math.sqrt(squares / n - mean * mean))
        .isCloseTo(0.31, within(4 * 0.31 / Math.sqrt(2.0 * n)));
    // P(N(0.13, 0.31) < 0) = Phi(-0.4194)
    assertThat(below).isBetween(Binomial.low(n, 0.33748), Binomial.high(n, 0.33748));
  }

  @Test
  void inputNoisePerPixelHasTheMomentsOfEachPixel() {
    Moments moments = new Moments(new double[] {0.2, 0.9}, new double[] {0, 0.1});
    double sum = 0;
    for (int id = 0; id < N; id++) {
      float[] input = InputNoise.draw(moments, new Standardization(0.2, 0.5), 2, 1, id);
      assertThat(input[0]).isZero();
      sum += input[1];
    }
    assertThat(sum / N).isCloseTo(1.4, within(4 * 0.2 / Math.sqrt(N)));
  }

  @Test
  void inputNoiseDependsOnSeedAndId() {
    Moments scalar = new Moments(new double[] {0}, new double[] {1});
    float[] one = InputNoise.draw(scalar, Standardization.NONE, 50, 1, 3);

    assertThat(InputNoise.draw(scalar, Standardization.NONE, 50, 1, 3)).isEqualTo(one);
    assertThat(InputNoise.draw(scalar, Standardization.NONE, 50, 1, 4)).isNotEqualTo(one);
    assertThat(InputNoise.draw(scalar, Standardization.NONE, 50, 2, 3)).isNotEqualTo(one);
  }
}
