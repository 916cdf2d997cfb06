package io.engram.collector.aggregate;

/**
 * Counts and sums of non-negative values in ranges of 8 to a power of two between 2<sup>-64</sup>
 * and 2<sup>64</sup>; smaller values share the first range, larger ones the last.
 */
final class LogBins {
  private static final int HALF = 64 * 8;
  private static final int SIZE = 2 * HALF + 1;

  private final long[] counts = new long[SIZE];
  private final double[] sums = new double[SIZE];
  private final int n;

  LogBins(double[] values) {
    n = values.length;
    for (double value : values) {
      int bin = bin(value);
      counts[bin]++;
      sums[bin] += value;
    }
  }

  private static int bin(double value) {
    return value < Double.MIN_NORMAL
        ? 0
        : Math.max(0, Math.min(SIZE - 1, HALF + LogHistogram.nativeIndex(value)));
  }

  /** The Gini coefficient, as if the values in a range were all equal. */
  double gini() {
    double weighted = 0;
    double sum = 0;
    double below = 0;
    for (int bin = 0; bin < SIZE; bin++) {
      weighted += (2 * below + counts[bin] - n) * (sums[bin] / n);
      sum += sums[bin];
      below += counts[bin];
    }
    return weighted / sum;
  }

  /** As many values in ascending order that are spread like these. */
  double[] quantiles(int number) {
    double[] quantiles = new double[number];
    int bin = 0;
    long upTo = counts[0];
    for (int q = 0; q < number; q++) {
      double rank = (q + 0.5) / number * n;
      while (upTo < rank) {
        upTo += counts[++bin];
      }
      quantiles[q] = sums[bin] / counts[bin];
    }
    return quantiles;
  }
}
