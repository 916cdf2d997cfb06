package io.engram.trainer.dataset;

/** Exact binomial bounds: a count lies below or above each with probability less than 1e-6. */
final class Binomial {
  private static final double TAIL = 1e-6;

  private Binomial() {}

  static int low(int n, double p) {
    double logProbability = n * Math.log1p(-p);
    double below = Math.exp(logProbability);
    int k = 0;
    while (below < TAIL) {
      logProbability += Math.log((n - k) * p / ((k + 1) * (1 - p)));
      below += Math.exp(logProbability);
      k++;
    }
    return k;
  }

  static int high(int n, double p) {
    return n - low(n, 1 - p);
  }
}
