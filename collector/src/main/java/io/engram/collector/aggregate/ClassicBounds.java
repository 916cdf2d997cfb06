package io.engram.collector.aggregate;

/**
 * Ascending upper bounds of a histogram's classic buckets, and for each of its native ones the
 * first classic one that values in it may belong to.
 */
final class ClassicBounds {
  /** So that rounding moves no bound below a value that does not exceed it. */
  private static final double ROUNDING = 1 - 1e-9;

  private final double[] upper;
  private final byte[] firstOf;

  /**
   * @param lowerEdges of the native buckets, ascending
   */
  ClassicBounds(double[] lowerEdges, double... upper) {
    this.upper = upper;
    firstOf = new byte[lowerEdges.length];
    for (int i = 0; i < lowerEdges.length; i++) {
      while (firstOf[i] < upper.length && upper[firstOf[i]] <= ROUNDING * lowerEdges[i]) {
        firstOf[i]++;
      }
    }
  }

  double[] upper() {
    return upper;
  }

  /** The classic bucket of a value in a native bucket. O(1) where bounds are far apart. */
  int bucket(double value, int nativeBucket) {
    int bucket = firstOf[nativeBucket];
    while (bucket < upper.length && value > upper[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
