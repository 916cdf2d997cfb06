package io.engram.trainer.experiment.easyhard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.experiment.Quantiles;
import io.engram.trainer.experiment.Trainee;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  private static final int RUNS = 20;

  /** Classes 0 and 1, the first right more often; within a class alike, or not. */
  private static Successes successes(boolean alike, long seed) {
    Random random = new Random(seed);
    int[] labels = new int[120];
    double[] chance = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
      double spread = alike ? 0 : random.nextDouble() - 0.5;
      chance[i] = labels[i] == 0 ? 0.7 + 0.4 * spread : 0.3 + 0.4 * spread;
    }
    Successes successes = new Successes(labels);
    for (int run = 0; run < RUNS; run++) {
      int[] predicted = new int[labels.length];
      for (int i = 0; i < labels.length; i++) {
        predicted[i] = random.nextDouble() < chance[i] ? labels[i] : 1 - labels[i];
      }
      successes.add(predicted);
    }
    return successes;
  }

  private static double phi(Successes successes) {
    return Dispersion.within(successes.counts(), successes.labels(), successes.runs());
  }

  @Test
  void dealsLikeAShuffleOfEachRunsBitsWithinAClass() {
    Successes successes = successes(false, 1);

    double[] dealt = Resampling.permuted(successes, 400, new Random(2));
    double[] shuffled = shuffled(successes, 400, new Random(3));

    assertThat(dealt).isSorted();
    assertThat(Quantiles.of(dealt, 0.5)).isCloseTo(Quantiles.of(shuffled, 0.5), within(0.03));
    assertThat(Quantiles.of(dealt, 0.95)).isCloseTo(Quantiles.of(shuffled, 0.95), within(0.08));
  }

  private static double[] shuffled(Successes successes, int permutations, Random random) {
    int[] labels = successes.labels();
    double[] values = new double[permutations];
    for (int b = 0; b < permutations; b++) {
      int[] counts = new int[labels.length];
      for (int run = 0; run < successes.runs(); run++) {
        for (int label = 0; label < 2; label++) {
          int wanted = label;
          int[] members =
              java.util.stream.IntStream.range(0, labels.length)
                  .filter(i -> labels[i] == wanted)
                  .toArray();
          int[] order = members.clone();
          Trainee.shuffle(order, random);
          for (int i = 0; i < members.length; i++) {
            counts[members[i]] += successes.right(run, order[i]) ? 1 : 0;
          }
        }
      }
      values[b] = Dispersion.within(counts, labels, successes.runs());
    }
    Arrays.sort(values);
    return values;
  }

  @Test
  void pValuesAreSmallForDifferentExamplesAndUniformForEqualOnes() {
    Successes different = successes(false, 4);
    assertThat(Resampling.pValue(Resampling.permuted(different, 99, new Random(1)), phi(different)))
        .isEqualTo(0.01);

    int small = 0;
    for (int trial = 0; trial < 100; trial++) {
      Successes alike = successes(true, 100 + trial);
      double[] chance = Resampling.permuted(alike, 99, new Random(trial));
      small += Resampling.pValue(chance, phi(alike)) <= 0.2 ? 1 : 0;
    }
    assertThat(small).as("of 100 at most 0.2, expected 20").isBetween(8, 33);
  }

  @Test
  void theBootstrapHoldsTheValueAndNarrowsWithMoreExamples() {
    Successes successes = successes(false, 5);
    double[] values = Resampling.bootstrapped(successes, 500, new Random(1));

    assertThat(phi(successes)).isBetween(Quantiles.of(values, 0.025), Quantiles.of(values, 0.975));
  }
}
