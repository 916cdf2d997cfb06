package io.engram.collector.onset;

/**
 * The sum of m independent numbers, each uniform on 0 … v - 1: what the ranks of canaries add up to
 * in a network that was never told their labels.
 */
final class RankSumNull {
  /** Multiplications up to which the distribution is worked out. */
  private static final double MOST_WORK = 2e7;

  private static final int HALVINGS = 200;

  private final int terms;
  private final int values;

  /** P(sum ≤ s) for s up to the middle; empty where it would take too long. */
  private final double[] lowerTail;

  /**
   * @param terms m, at least 1
   * @param values v, at least 2
   */
  RankSumNull(int terms, int values) {
    this.terms = terms;
    this.values = values;
    boolean exact = (double) terms * terms * values <= MOST_WORK;
    lowerTail = exact ? lowerTail(terms, values) : new double[0];
  }

  boolean isOf(int otherTerms, int otherValues) {
    return terms == otherTerms && values == otherValues;
  }

  /**
   * P(sum ≥ s): exact where m² v is at most 20 million, otherwise Chernoff's bound, which is never
   * too small. Exact values of tails keep their relative precision.
   */
  double atLeast(long sum) {
    long largest = (long) terms * (values - 1);
    if (sum <= 0) {
      return 1;
    }
    if (sum > largest) {
      return 0;
    }
    if (lowerTail.length == 0) {
      return chernoff((double) sum / terms);
    }
    long mirrored = largest - sum;
    return mirrored < lowerTail.length ? lowerTail[(int) mirrored] : 1 - lowerTail[(int) (sum - 1)];
  }

  private static double[] lowerTail(int terms, int values) {
    int size = (int) ((long) terms * (values - 1) / 2) + 1;
    double[] density = new double[size];
    density[0] = 1;
    double[] sums = new double[size];
    for (int term = 0; term < terms; term++) {
      double sum = 0;
      for (int s = 0; s < size; s++) {
        sum += density[s];
        sums[s] = sum;
      }
      for (int s = 0; s < size; s++) {
        density[s] = (sums[s] - (s >= values ? sums[s - values] : 0)) / values;
      }
    }
    double sum = 0;
    for (int s = 0; s < size; s++) {
      sum += density[s];
      sums[s] = Math.min(1, sum);
    }
    return sums;
  }

  /**
   * inf over t ≥ 0 of (E exp(t X) exp(-t mean))^m. The exponent is convex in t, with its minimum
   * where the tilted mean is {@code mean}; any t gives a bound.
   */
  private double chernoff(double mean) {
    if (mean <= (values - 1) / 2.0) {
      return 1;
    }
    double low = 0;
    double high = 1;
    while (tilted(high)[1] < mean && high < HALVINGS) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (tilted(middle)[1] < mean) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double t = (low + high) / 2;
    return Math.min(1, Math.exp(terms * (tilted(t)[0] - t * mean)));
  }

  /** log E exp(t X), and the mean of X under the tilted distribution. */
  private double[] tilted(double t) {
    double weights = 0;
    double weighted = 0;
    for (int x = 0; x < values; x++) {
      double weight = Math.exp(t * (x - (values - 1)));
      weights += weight;
      weighted += weight * x;
    }
    return new double[] {
      Math.log(weights / values) + t * (values - 1), weighted / weights,
    };
  }
}
