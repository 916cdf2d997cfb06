package io.engram.collector.aggregate;

import java.util.Arrays;

/**
 * The Gini coefficient of non-negative values: half the mean absolute difference of two of them,
 * divided by their mean. 0 where all are equal; (n - 1) / n where all but one are 0. Values that
 * are negative, NaN or infinite are left out; NaN where nothing is left or all are 0.
 *
 * @param coefficient the coefficient, 0 to 1
 * @param interval 95 % interval by the bootstrap of the values
 * @param values how many counted
 */
public record Gini(double coefficient, Interval interval, int values) {
  private static final int MOST_EXACT = 100_000;
  private static final int RESAMPLES = 200;
  private static final int STAND_INS = 1_024;

  /**
   * Σ (2i - n - 1) x<sub>(i)</sub> / (n Σ x) over the sorted values; up to 100,000 of them, beyond
   * from their counts and sums in ranges of 9 % width (8 to a power of two), which moves it by less
   * than 0.001. O(n log n).
   *
   * <p>The interval is that of 200 resamples with a fixed seed, percentiles 2.5 and 97.5. Of more
   * than 1,024 values, the sorted values are put into 1,024 groups of about equal size, whose means
   * are resampled; what the resamples deviate by is divided by √(n / 1,024).
   */
  public static Gini of(double[] values) {
    double[] sorted = new double[values.length];
    int n = 0;
    for (double value : values) {
      if (value >= 0 && value <= Double.MAX_VALUE) {
        sorted[n++] = value;
      }
    }
    sorted = Arrays.copyOf(sorted, n);
    double coefficient;
    double[] standIns;
    if (n > MOST_EXACT) {
      LogBins bins = new LogBins(sorted);
      coefficient = bins.gini();
      standIns = bins.quantiles(STAND_INS);
    } else {
      Arrays.sort(sorted);
      coefficient = ofSorted(sorted);
      standIns = n <= STAND_INS ? sorted : groupMeans(sorted);
    }
    return new Gini(coefficient, bootstrap(coefficient, standIns, n), n);
  }

  /** The formula itself, for values in ascending order. */
  static double ofSorted(double[] sorted) {
    int n = sorted.length;
    double weighted = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weighted += (2.0 * i + 1 - n) * (sorted[i] / n);
      sum += sorted[i];
    }
    return weighted / sum;
  }

  private static double[] groupMeans(double[] sorted) {
    double[] means = new double[STAND_INS];
    for (int g = 0; g < STAND_INS; g++) {
      int from = (int) ((long) g * sorted.length / STAND_INS);
      int to = (int) ((g + 1L) * sorted.length / STAND_INS);
      for (int i = from; i < to; i++) {
        means[g] += sorted[i] / (to - from);
      }
    }
    return means;
  }

  private static Interval bootstrap(double coefficient, double[] sorted, int n) {
    int m = sorted.length;
    if (Double.isNaN(coefficient)) {
      return Interval.NONE;
    }
    double centre = ofSorted(sorted);
    double shrink = Math.sqrt((double) m / n);
    GiniResamples resamples =
        m == STAND_INS ? Resamples.OF_STAND_INS : GiniResamples.drawn(m, RESAMPLES);
    double[] deviations = resamples.coefficients(sorted);
    for (int r = 0; r < RESAMPLES; r++) {
      deviations[r] = Double.isNaN(deviations[r]) ? 0 : shrink * (deviations[r] - centre);
    }
    Arrays.sort(deviations);
    return new Interval(
        Math.max(0, Math.min(coefficient, coefficient + quantile(deviations, 0.025))),
        Math.min(1, Math.max(coefficient, coefficient + quantile(deviations, 0.975))));
  }

  private static double quantile(double[] sorted, double p) {
    double position = p * (sorted.length - 1);
    int low = (int) position;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
  }

  /** Drawn once, because the seed is fixed: 3.3 MB. */
  private static final class Resamples {
    static final GiniResamples OF_STAND_INS = GiniResamples.drawn(STAND_INS, RESAMPLES);
  }
}
