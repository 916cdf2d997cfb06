package io.engram.collector.aggregate;

import java.util.SplittableRandom;

/**
 * How often each of some sorted values occurs in each resample of them, and how it weighs in the
 * Gini coefficient there: all resamples are weighed at once, value by value. 16 bytes a value and
 * resample.
 */
final class GiniResamples {
  private static final long SEED = 0x67696e69L;

  private final int values;
  private final int resamples;
  private final double[] times;
  private final double[] weights;

  private GiniResamples(int[][] drawn) {
    resamples = drawn.length;
    values = drawn[0].length;
    times = new double[values * resamples];
    weights = new double[values * resamples];
    for (int r = 0; r < resamples; r++) {
      int n = 0;
      for (int count : drawn[r]) {
        n += count;
      }
      int below = 0;
      for (int i = 0; i < values; i++) {
        int count = drawn[r][i];
        times[i * resamples + r] = count;
        weights[i * resamples + r] = count * (2.0 * below + count - n) / n;
        below += count;
      }
    }
  }

  /** Each value occurs as often as said, by resample. */
  static GiniResamples of(int[]... times) {
    return new GiniResamples(times);
  }

  /** As many draws with replacement as there are values, with a fixed seed. */
  static GiniResamples drawn(int values, int resamples) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[][] times = new int[resamples][values];
    for (int[] resample : times) {
      for (int draw = 0; draw < values; draw++) {
        resample[random.nextInt(values)]++;
      }
    }
    return new GiniResamples(times);
  }

  /**
   * The coefficient of each resample; NaN where all its values are 0. O(values × resamples).
   *
   * @param sorted values in ascending order, the last one above 0
   */
  double[] coefficients(double[] sorted) {
    double largest = sorted[values - 1];
    double[] weighted = new double[resamples];
    double[] sum = new double[resamples];
    for (int i = 0; i < values; i++) {
      double value = sorted[i] / largest;
      int at = i * resamples;
      for (int r = 0; r < resamples; r++) {
        weighted[r] += value * weights[at + r];
        sum[r] += value * times[at + r];
      }
    }
    for (int r = 0; r < resamples; r++) {
      weighted[r] /= sum[r];
    }
    return weighted;
  }
}
