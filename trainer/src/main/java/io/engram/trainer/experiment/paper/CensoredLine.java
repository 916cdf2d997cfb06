package io.engram.trainer.experiment.paper;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A straight line through points of which some are known only to lie higher than where they are
 * drawn: the normal linear model with right-censored responses (Tobin 1958), fitted by maximum
 * likelihood with the EM algorithm (Schmee and Hahn 1979, with the variance of what is not seen).
 * Without such points it is the least-squares line.
 *
 * @param intercept at x = 0
 * @param slope NaN where fewer than two different x have a point that was seen
 */
record CensoredLine(double intercept, double slope) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final int ITERATIONS = 2_000;
  private static final double LEAST_DEVIATION = 1e-6;
  private static final double SETTLED = 1e-10;

  /**
   * @param censored whether point i lies at y[i] or higher
   */
  static CensoredLine fit(double[] x, double[] y, boolean[] censored) {
    long seen =
        IntStream.range(0, x.length)
            .filter(i -> !censored[i])
            .mapToDouble(i -> x[i])
            .distinct()
            .count();
    if (seen < 2) {
      return new CensoredLine(Double.NaN, Double.NaN);
    }
    double[] expected = y.clone();
    double[] variance = new double[x.length];
    CensoredLine line = leastSquares(x, expected);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double deviation = line.deviation(x, expected, variance);
      for (int i = 0; i < x.length; i++) {
        if (censored[i]) {
          double mean = line.at(x[i]);
          double z = (y[i] - mean) / deviation;
          double hazard = hazard(z);
          expected[i] = mean + deviation * hazard;
          variance[i] = deviation * deviation * Math.max(0, 1 + z * hazard - hazard * hazard);
        }
      }
      CensoredLine next = leastSquares(x, expected);
      boolean settled =
          Math.abs(next.slope - line.slope) + Math.abs(next.intercept - line.intercept) < SETTLED;
      line = next;
      if (settled) {
        break;
      }
    }
    return line;
  }

  double at(double x) {
    return intercept + slope * x;
  }

  private double deviation(double[] x, double[] expected, double[] variance) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double off = expected[i] - at(x[i]);
      sum += off * off + variance[i];
    }
    return Math.max(LEAST_DEVIATION, Math.sqrt(sum / x.length));
  }

  /** The normal density over the probability to lie above; the asymptote far out. */
  private static double hazard(double z) {
    return z > 30 ? z + 1 / z : NORMAL.density(z) / NORMAL.survivalProbability(z);
  }

  private static CensoredLine leastSquares(double[] x, double[] y) {
    int n = x.length;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanX += x[i] / n;
      meanY += y[i] / n;
    }
    double across = 0;
    double both = 0;
    for (int i = 0; i < n; i++) {
      across += (x[i] - meanX) * (x[i] - meanX);
      both += (x[i] - meanX) * (y[i] - meanY);
    }
    return new CensoredLine(meanY - both / across * meanX, both / across);
  }
}
