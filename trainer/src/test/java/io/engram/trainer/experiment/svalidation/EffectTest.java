package io.engram.trainer.experiment.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.experiment.svalidation.Effect.Answers;
import io.engram.trainer.experiment.svalidation.Effect.Nulls;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EffectTest {
  @Test
  void overThreeSeedsTheIntervalIsStudents() {
    Effect effect =
        Effect.centres(
            List.of(
                List.of(new Nulls(new double[] {3, 1, 2}, new double[] {0, 0, 0})),
                List.of(new Nulls(new double[] {5, 4, 9}, new double[] {1, 1, 9})),
                List.of(
                    new Nulls(new double[] {6, 6, 6, 100}, new double[] {0, 0, 0}),
                    Nulls.alone(new double[] {8, 8}))));

    // 2, 4 and (6 + 8) / 2 = 7: mean 13/3, variance 19/3, t = 4.302653 with 2 degrees of freedom.
    assertThat(effect.value()).isCloseTo(13 / 3.0, within(1e-12));
    double half = 4.302653 * Math.sqrt(19 / 3.0 / 3);
    assertThat(effect.low()).isCloseTo(13 / 3.0 - half, within(1e-5));
    assertThat(effect.high()).isCloseTo(13 / 3.0 + half, within(1e-5));
    assertThat(effect.decides()).isTrue();
  }

  @Test
  void overFewerItIsOfThePermutationsAndDecidesNothing() {
    double[] of = new Random(1).doubles(100).toArray();
    double[] from = Arrays.stream(of).map(value -> value - 0.25).toArray();

    Effect paired = Effect.centres(List.of(List.of(new Nulls(of, from))));
    Effect alone = Effect.centres(List.of(List.of(Nulls.alone(of))));

    assertThat(paired.low()).as("paired: no scatter").isCloseTo(0.25, within(1e-9));
    assertThat(paired.high()).isCloseTo(0.25, within(1e-9));
    assertThat(alone.low()).isLessThan(alone.value() - 0.02);
    assertThat(alone.high()).isGreaterThan(alone.value() + 0.02);
    assertThat(paired.above(0)).as("one seed").isFalse();
    assertThat(paired.over()).isEqualTo("permutations");
  }

  @Test
  void accuraciesArePairedByExample() {
    BitSet of = bits(0, 90);
    BitSet from = bits(5, 85);

    Effect effect = Effect.accuracies(List.of(new Answers(of, from, 100)));

    double[] differences = new double[100];
    for (int i = 0; i < 100; i++) {
      differences[i] = (of.get(i) ? 1 : 0) - (from.get(i) ? 1 : 0);
    }
    double mean = Arrays.stream(differences).average().orElseThrow();
    double variance =
        Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).average().orElseThrow();
    assertThat(effect.value()).isCloseTo(mean, within(1e-12));
    assertThat(effect.high() - effect.value())
        .isCloseTo(1.96 * Math.sqrt(variance / 100), within(1e-12));
  }

  private static BitSet bits(int from, int to) {
    BitSet bits = new BitSet();
    bits.set(from, to);
    return bits;
  }
}
