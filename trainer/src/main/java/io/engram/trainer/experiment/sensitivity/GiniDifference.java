package io.engram.trainer.experiment.sensitivity;

import io.engram.trainer.experiment.Quantiles;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Verdict;
import java.util.Arrays;
import java.util.Random;

/**
 * By how much one Gini coefficient exceeds another.
 *
 * @param value the difference
 * @param low lower end of its 95 % interval
 * @param high upper end
 */
record GiniDifference(double value, double low, double high) {

  /**
   * With the percentile bootstrap over the values of both, drawn independently. O(resamples · n).
   *
   * @param of values, at least 0 and not all 0
   * @param from of these the coefficient is subtracted
   */
  static GiniDifference between(double[] of, double[] from, int resamples, Random random) {
    double[] minuend = of.clone();
    double[] subtrahend = from.clone();
    Arrays.sort(minuend);
    Arrays.sort(subtrahend);
    double[] found = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      found[r] =
          gini(minuend, drawn(minuend, random)) - gini(subtrahend, drawn(subtrahend, random));
    }
    Arrays.sort(found);
    return new GiniDifference(
        gini(minuend, once(minuend)) - gini(subtrahend, once(subtrahend)),
        Quantiles.of(found, 0.025),
        Quantiles.of(found, 0.975));
  }

  private static int[] once(double[] values) {
    int[] times = new int[values.length];
    Arrays.fill(times, 1);
    return times;
  }

  private static int[] drawn(double[] values, Random random) {
    int[] times = new int[values.length];
    for (int i = 0; i < times.length; i++) {
      times[random.nextInt(times.length)]++;
    }
    return times;
  }

  /** Of ascending values that occur so many times, as many in all as there are. */
  private static double gini(double[] ascending, int[] times) {
    int n = ascending.length;
    double weighted = 0;
    double sum = 0;
    int below = 0;
    for (int i = 0; i < n; i++) {
      weighted += (2.0 * below + times[i] - n) * times[i] * ascending[i];
      sum += times[i] * ascending[i];
      below += times[i];
    }
    return weighted / (n * sum);
  }

  Quantity named(String name) {
    return new Quantity(name, value, low, high);
  }

  /** Reproduced where the whole interval is above a bound, not reproduced where all is below. */
  Verdict above(double bound) {
    return low > bound
        ? Verdict.REPRODUCED
        : high < bound ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE;
  }
}
