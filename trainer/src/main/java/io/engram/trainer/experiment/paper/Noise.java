package io.engram.trainer.experiment.paper;

/**
 * A value on the axis of noise: {@code real}, or a kind and a share as in {@code randY-0.4}.
 *
 * @param kind what is random, {@code real} for nothing
 * @param share of the examples
 */
record Noise(String kind, double share) {
  /** On every grid's axis of that name. */
  static final String AXIS = "noise";

  static Noise of(String value) {
    int hyphen = value.indexOf('-');
    return hyphen < 0
        ? new Noise(value, 0)
        : new Noise(value.substring(0, hyphen), Double.parseDouble(value.substring(hyphen + 1)));
  }

  static Noise of(Cell cell) {
    return of(cell.at(AXIS));
  }
}
