package io.engram.trainer.experiment;

/**
 * Points of a plot.
 *
 * @param name in the legend
 * @param x horizontal; a NaN here or in y interrupts a line
 * @param y vertical
 * @param mark how they are drawn
 */
public record Series(String name, double[] x, double[] y, Mark mark) {
  /** How points are drawn. */
  public enum Mark {
    LINE,
    DASHED,
    POINTS
  }

  /** Joined by a line. */
  public static Series line(String name, double[] x, double[] y) {
    return new Series(name, x, y, Mark.LINE);
  }

  /** Joined by a dashed line. */
  public static Series dashed(String name, double[] x, double[] y) {
    return new Series(name, x, y, Mark.DASHED);
  }

  /** Not joined. */
  public static Series points(String name, double[] x, double[] y) {
    return new Series(name, x, y, Mark.POINTS);
  }
}
