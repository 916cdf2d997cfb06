package io.engram.collector.aggregate;

import java.util.Arrays;

/** Ranks of scores and what they tell apart. NaN counts as the lowest of all scores. */
public final class Ranking {
  private Ranking() {}

  /**
   * Rank of each score in ascending order divided by their number, ties sharing their mean rank:
   * {@code 1 / n} for the lowest and 1 for the highest where there are no ties. O(n log n).
   */
  public static float[] shares(float[] scores) {
    int n = scores.length;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = ((long) ascending(scores[i]) << Integer.SIZE) | i;
    }
    Arrays.sort(keys);
    float[] shares = new float[n];
    for (int from = 0; from < n; ) {
      int to = from + 1;
      while (to < n && keys[to] >> Integer.SIZE == keys[from] >> Integer.SIZE) {
        to++;
      }
      float share = (float) ((from + to + 1) / 2.0 / n);
      for (int i = from; i < to; i++) {
        shares[(int) keys[i]] = share;
      }
      from = to;
    }
    return shares;
  }

  /** An integer that orders as the number does; both zeros alike, NaN below all. */
  private static int ascending(float score) {
    if (Float.isNaN(score)) {
      return Integer.MIN_VALUE;
    }
    int bits = Float.floatToIntBits(score + 0f);
    return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
  }

  /**
   * Area under the receiver operating characteristic: the chance that a positive has a higher score
   * than a negative, ties counting half (Mann and Whitney 1947). NaN without positives or without
   * negatives. O(n). Exact up to 2<sup>21</sup> scores.
   *
   * @param shares ranks of all scores as {@link #shares} gives them
   * @param positive which of them are positives
   */
  public static double auroc(float[] shares, boolean[] positive) {
    double n = shares.length;
    long positives = 0;
    double ranks = 0;
    for (int i = 0; i < shares.length; i++) {
      if (positive[i]) {
        positives++;
        ranks += Math.rint(2 * n * shares[i]) / 2;
      }
    }
    return (ranks - positives * (positives + 1) / 2.0) / (positives * (n - positives));
  }
}
