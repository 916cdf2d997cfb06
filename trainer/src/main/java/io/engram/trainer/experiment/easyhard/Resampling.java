package io.engram.trainer.experiment.easyhard;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** What chance does to {@link Dispersion#within()}. */
final class Resampling {
  private Resampling() {}

  /**
   * Its values where easiness is a matter of the class alone: in each run, successes are dealt anew
   * among the examples of a class, so that totals of runs and classes stay. O(permutations · runs ·
   * examples).
   *
   * @return ascending
   */
  static double[] permuted(Successes successes, int permutations, Random random) {
    int[] labels = successes.labels();
    int[][] byClass = byClass(labels);
    int[][] right = new int[successes.runs()][byClass.length];
    for (int run = 0; run < right.length; run++) {
      for (int i = 0; i < labels.length; i++) {
        right[run][labels[i]] += successes.right(run, i) ? 1 : 0;
      }
    }
    double[] values = new double[permutations];
    for (int b = 0; b < permutations; b++) {
      int[] counts = new int[labels.length];
      for (int[] totals : right) {
        for (int c = 0; c < byClass.length; c++) {
          deal(byClass[c], totals[c], counts, random);
        }
      }
      values[b] = Dispersion.within(counts, labels, right.length);
    }
    Arrays.sort(values);
    return values;
  }

  /** Counts a success for so many different members, every choice of them equally likely. */
  private static void deal(int[] members, int successes, int[] counts, Random random) {
    for (int i = 0; i < successes; i++) {
      int j = i + random.nextInt(members.length - i);
      int member = members[j];
      members[j] = members[i];
      members[i] = member;
      counts[member]++;
    }
  }

  private static int[][] byClass(int[] labels) {
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    int[][] members = new int[classes][];
    for (int c = 0; c < classes; c++) {
      int label = c;
      members[c] = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
    }
    return members;
  }

  /**
   * Its values on examples drawn anew with replacement. O(resamples · examples).
   *
   * @return ascending
   */
  static double[] bootstrapped(Successes successes, int resamples, Random random) {
    int[] counts = successes.counts();
    int[] labels = successes.labels();
    int n = counts.length;
    double[] values = new double[resamples];
    int[] drawnCounts = new int[n];
    int[] drawnLabels = new int[n];
    for (int b = 0; b < resamples; b++) {
      for (int i = 0; i < n; i++) {
        int drawn = random.nextInt(n);
        drawnCounts[i] = counts[drawn];
        drawnLabels[i] = labels[drawn];
      }
      values[b] = Dispersion.within(drawnCounts, drawnLabels, successes.runs());
    }
    Arrays.sort(values);
    return values;
  }

  /** Share of the values, and this one, that are at least this large: a permutation p-value. */
  static double pValue(double[] chance, double observed) {
    long atLeast = Arrays.stream(chance).filter(value -> value >= observed).count();
    return (1.0 + atLeast) / (1 + chance.length);
  }
}
