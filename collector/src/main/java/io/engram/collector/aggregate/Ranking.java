package io.engram.collector.aggregate;

/** Ranks of scores and what they tell apart. NaN counts as the lowest of all scores. */
public final class Ranking {
  private static final int DIGIT_BITS = 11;

  private Ranking() {}

  /**
   * Rank of each score in ascending order divided by their number, ties sharing their mean rank:
   * {@code 1 / n} for the lowest and 1 for the highest where there are no ties. O(n).
   */
  public static float[] shares(float[] scores) {
    int n = scores.length;
    int[] keys = new int[n];
    for (int i = 0; i < n; i++) {
      keys[i] = ascending(scores[i]);
    }
    int[] order = sorted(keys);
    float[] shares = new float[n];
    for (int from = 0; from < n; ) {
      int to = from + 1;
      while (to < n && keys[order[to]] == keys[order[from]]) {
        to++;
      }
      float share = (float) ((from + to + 1) / 2.0 / n);
      for (int i = from; i < to; i++) {
        shares[order[i]] = share;
      }
      from = to;
    }
    return shares;
  }

  /** An unsigned integer that orders as the number does; both zeros alike, NaN below all. */
  private static int ascending(float score) {
    if (Float.isNaN(score)) {
      return 0;
    }
    int bits = Float.floatToIntBits(score + 0f);
    return bits >= 0 ? bits | Integer.MIN_VALUE : ~bits;
  }

  /** Where the keys stand in ascending order, by counting three digits of 11 bits. */
  private static int[] sorted(int[] keys) {
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    int[] next = new int[keys.length];
    for (int shift = 0; shift < Integer.SIZE; shift += DIGIT_BITS) {
      int[] from = new int[(1 << DIGIT_BITS) + 1];
      for (int key : keys) {
        from[digit(key, shift) + 1]++;
      }
      for (int digit = 0; digit < 1 << DIGIT_BITS; digit++) {
        from[digit + 1] += from[digit];
      }
      for (int at : order) {
        next[from[digit(keys[at], shift)]++] = at;
      }
      int[] done = next;
      next = order;
      order = done;
    }
    return order;
  }

  private static int digit(int key, int shift) {
    return (key >>> shift) & ((1 << DIGIT_BITS) - 1);
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
