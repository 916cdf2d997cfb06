package io.engram.trainer.experiment;

/**
 * An axis of a plot.
 *
 * @param label what it measures, with its unit
 * @param logarithmic whether powers of ten are equally far apart; only values above 0 are drawn
 *     then
 */
public record Axis(String label, boolean logarithmic) {
  /** A linear axis. */
  public static Axis of(String label) {
    return new Axis(label, false);
  }

  /** A logarithmic axis. */
  public static Axis log(String label) {
    return new Axis(label, true);
  }

  /** Whether a value has a place on it. */
  boolean holds(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** Where a value that has a place lies; equal distances look equal. */
  double place(double value) {
    return logarithmic ? Math.log10(value) : value;
  }
}
