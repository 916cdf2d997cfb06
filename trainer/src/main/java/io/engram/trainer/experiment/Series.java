package io.engram.trainer.experiment;

/**
 * Points of a plot.
 *
 * @param name in the legend; series of one name have one colour and one line there
 * @param x horizontal; a NaN here or in y interrupts a line
 * @param y vertical
 * @param mark how they are drawn
 */
public record Series(String name, double[] x, double[] y, Mark mark) {
  /** How points are drawn. */
  public enum Mark {
    /** The surface between pairs of points, lower end first. */
    BAND,
    LINE,
    DASHED,
    POINTS
  }

  /** The surface between two lines; where one is NaN it is interrupted. */
  public static Series band(String name, double[] x, double[] low, double[] high) {
    double[] twice = new double[2 * x.length];
    double[] ends = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      twice[2 * i] = x[i];
      twice[2 * i + 1] = x[i];
      ends[2 * i] = low[i];
      ends[2 * i + 1] = high[i];
    }
    return new Series(name, twice, ends, Mark.BAND);
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
