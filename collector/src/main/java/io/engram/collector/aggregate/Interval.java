package io.engram.collector.aggregate;

/**
 * An interval of confidence.
 *
 * @param lower its lower end; NaN where there is none
 * @param upper its upper end; NaN where there is none
 */
public record Interval(double lower, double upper) {
  /** No interval. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN);
}
