package io.engram.trainer.experiment;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over seeds with Student's 95 % interval: other data, noise, initial weights and orders.
 *
 * @param value NaN where a seed has no value
 * @param low NaN with a single seed
 * @param high NaN with a single seed
 * @param seeds number of them
 */
public record Estimate(double value, double low, double high, int seeds) {
  private static final double UPPER = 0.975;

  /** Of a value a seed. */
  public static Estimate of(double... bySeed) {
    int n = bySeed.length;
    double mean = Arrays.stream(bySeed).average().orElse(Double.NaN);
    if (n < 2 || Double.isNaN(mean)) {
      return new Estimate(mean, Double.NaN, Double.NaN, n);
    }
    double squares = Arrays.stream(bySeed).map(value -> (value - mean) * (value - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double half = TDistribution.of(n - 1).inverseCumulativeProbability(UPPER) * error;
    return new Estimate(mean, mean - half, mean + half, n);
  }

  /** With a name. */
  public Quantity as(String name) {
    return new Quantity(name, value, low, high);
  }
}
