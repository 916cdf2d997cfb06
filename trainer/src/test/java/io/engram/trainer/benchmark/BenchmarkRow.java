package io.engram.trainer.benchmark;

/**
 * One number of a benchmark.
 *
 * @param name unique among all rows; a later run replaces the row of the same name
 * @param estimate the number with its interval
 * @param unit {@code ratio}, or that of an absolute number
 * @param aim what the number should reach; NaN for none
 * @param better on which side of the aim it should lie
 */
record BenchmarkRow(String name, Estimate estimate, String unit, double aim, Better better) {
  /** Which numbers are good. */
  enum Better {
    LOWER,
    HIGHER
  }

  /** Whether the value, not its whole interval, reaches the aim; never for NaN. */
  boolean reached() {
    if (Double.isNaN(aim)) {
      return !Double.isNaN(estimate.value());
    }
    return better == Better.LOWER ? estimate.value() <= aim : estimate.value() >= aim;
  }
}
