package io.engram.trainer.experiment.onset;

import java.util.Arrays;

/**
 * The sequence that first does not fall and then does not rise and lies closest to the values, by
 * the sum of squared differences. For each place to turn the best rising fit before it and the best
 * falling fit after it are known from two passes of pooling adjacent violators (Stout 2008,
 * "Unimodal regression via prefix isotonic regression"). O(n).
 */
final class UnimodalFit {
  private UnimodalFit() {}

  /** The fit; of the sequences that are equally close the one that turns first. */
  static double[] of(double[] values) {
    int n = values.length;
    double[] rising = new Pools(values).errors;
    double[] falling = new Pools(reversed(values, 0)).errors;
    int turn = 0;
    for (int m = 1; m <= n; m++) {
      if (rising[m] + falling[n - m] < rising[turn] + falling[n - turn] - 1e-15) {
        turn = m;
      }
    }
    double[] before = new Pools(Arrays.copyOf(values, turn)).fit();
    double[] after = reversed(new Pools(reversed(values, turn)).fit(), 0);
    double[] fit = Arrays.copyOf(before, n);
    System.arraycopy(after, 0, fit, turn, after.length);
    return fit;
  }

  private static double[] reversed(double[] values, int from) {
    double[] reversed = new double[values.length - from];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  /** The best rising fit of every beginning of a sequence. */
  private static final class Pools {
    /** Element m: sum of squared differences of the first m values. */
    private final double[] errors;

    private final double[] sums;
    private final double[] squares;
    private final int[] counts;
    private final double[] errorsBefore;
    private int pools;

    Pools(double[] values) {
      int n = values.length;
      errors = new double[n + 1];
      sums = new double[n];
      squares = new double[n];
      counts = new int[n];
      errorsBefore = new double[n];
      for (int i = 0; i < n; i++) {
        sums[pools] = values[i];
        squares[pools] = values[i] * values[i];
        counts[pools] = 1;
        errorsBefore[pools] = errors[i];
        pools++;
        while (pools > 1 && mean(pools - 2) >= mean(pools - 1)) {
          pools--;
          sums[pools - 1] += sums[pools];
          squares[pools - 1] += squares[pools];
          counts[pools - 1] += counts[pools];
        }
        int last = pools - 1;
        double error = squares[last] - sums[last] * mean(last);
        errors[i + 1] = errorsBefore[last] + Math.max(0, error);
      }
    }

    private double mean(int pool) {
      return sums[pool] / counts[pool];
    }

    double[] fit() {
      double[] fit = new double[errors.length - 1];
      int at = 0;
      for (int pool = 0; pool < pools; pool++) {
        Arrays.fill(fit, at, at + counts[pool], mean(pool));
        at += counts[pool];
      }
      return fit;
    }
  }
}
