package io.engram.trainer.experiment;

/** Quantiles of samples. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * The value below which a share of the values lie, linear between two of them.
   *
   * @param ascending at least one value
   */
  public static double of(double[] ascending, double share) {
    double at = share * (ascending.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
  }
}
