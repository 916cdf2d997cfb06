package io.engram.collector.aggregate;

/**
 * A matrix over pairs of classes, see {@link io.engram.events.LossSensitivityMeasured}: the mean
 * over the measurements so far.
 *
 * @param classes rows and columns; 0 where none was measured
 * @param values row by row; NaN where a class had no examples
 */
public record ClassMatrix(int classes, double[] values) {
  /** No matrix. */
  public static final ClassMatrix NONE = new ClassMatrix(0, new double[0]);

  /** Mean of the diagonal divided by the mean of the rest, NaN left out; NaN without either. */
  public double dominance() {
    double diagonal = 0;
    double rest = 0;
    int onDiagonal = 0;
    int offDiagonal = 0;
    for (int i = 0; i < values.length; i++) {
      boolean isDiagonal = i / classes == i % classes;
      if (Double.isNaN(values[i])) {
        continue;
      } else if (isDiagonal) {
        diagonal += values[i];
        onDiagonal++;
      } else {
        rest += values[i];
        offDiagonal++;
      }
    }
    return (diagonal / onDiagonal) / (rest / offDiagonal);
  }

  /**
   * Standard deviation (dividing by their number) of the natural logarithms of the entries off the
   * diagonal that are greater than 0; NaN where there is none.
   */
  public double heterogeneity() {
    int n = 0;
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      if (i / classes != i % classes && values[i] > 0 && values[i] <= Double.MAX_VALUE) {
        double log = Math.log(values[i]);
        double deviation = log - mean;
        mean += deviation / ++n;
        squares += deviation * (log - mean);
      }
    }
    return n == 0 ? Double.NaN : Math.sqrt(squares / n);
  }
}
