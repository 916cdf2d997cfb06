package io.engram.collector.aggregate;

/** In how many directions a covariance spreads. */
public final class EffectiveRank {
  private EffectiveRank() {}

  /**
   * exp(-Σ p log p) with p the eigenvalues divided by their sum (Roy and Vetterli 2007): 1 to their
   * number. Negative ones, which are rounding, count as 0. NaN where all are 0 or one is not a
   * number.
   */
  public static double of(double[] eigenvalues) {
    double trace = trace(eigenvalues);
    double entropy = 0;
    for (double eigenvalue : eigenvalues) {
      if (eigenvalue > 0) {
        double p = eigenvalue / trace;
        entropy -= p == 0 ? 0 : p * Math.log(p);
      }
    }
    return trace > 0 && trace < Double.POSITIVE_INFINITY ? Math.exp(entropy) : Double.NaN;
  }

  /** The sum of the eigenvalues, negative ones as 0. */
  public static double trace(double[] eigenvalues) {
    double sum = 0;
    for (double eigenvalue : eigenvalues) {
      sum += Math.max(0, eigenvalue);
    }
    return sum;
  }
}
