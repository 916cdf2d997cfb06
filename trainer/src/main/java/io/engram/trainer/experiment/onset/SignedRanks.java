package io.engram.trainer.experiment.onset;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The signed-rank test of paired values (Wilcoxon 1945). Pairs that are equal are left out; equal
 * differences share their mean rank. The chance is exact given the ranks: every difference is as
 * likely to have the other sign. O(n³) for n pairs.
 */
final class SignedRanks {
  private SignedRanks() {}

  /**
   * Two-sided p of the differences lying around 0; 1 where all are 0.
   *
   * @param differences one a pair
   */
  static double p(double[] differences) {
    Double[] ordered =
        Arrays.stream(differences)
            .filter(difference -> difference != 0)
            .boxed()
            .sorted(Comparator.comparingDouble(Math::abs))
            .toArray(Double[]::new);
    int n = ordered.length;
    int[] doubled = new int[n];
    int positive = 0;
    int total = 0;
    for (int from = 0; from < n; ) {
      int to = from + 1;
      while (to < n && Math.abs(ordered[to]) == Math.abs(ordered[from])) {
        to++;
      }
      for (int i = from; i < to; i++) {
        doubled[i] = from + to + 1;
        positive += ordered[i] > 0 ? doubled[i] : 0;
        total += doubled[i];
      }
      from = to;
    }
    double[] density = density(doubled, total);
    double tail = 0;
    for (int sum = 0; sum <= Math.min(positive, total - positive); sum++) {
      tail += density[sum];
    }
    return Math.min(1, 2 * tail);
  }

  /** Chance of each sum of ranks, each in it or not by a fair coin. */
  private static double[] density(int[] ranks, int total) {
    double[] density = new double[total + 1];
    density[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int sum = reached; sum >= 0; sum--) {
        density[sum] = (density[sum] + (sum >= rank ? density[sum - rank] : 0)) / 2;
      }
    }
    return density;
  }
}
