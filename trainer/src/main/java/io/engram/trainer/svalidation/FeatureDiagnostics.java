package io.engram.trainer.svalidation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What tells collapsed features from forgotten ones (Chaibub Neto's null falls for either reason).
 *
 * @param units number of features
 * @param deadUnits features with one value for all examples
 * @param rows number of examples
 * @param distinctRows number of different rows
 * @param meanAbsoluteCorrelation mean of |Pearson's r| over all pairs of live features, 0 to 1; NaN
 *     with fewer than two of them
 */
public record FeatureDiagnostics(
    int units, int deadUnits, int rows, int distinctRows, double meanAbsoluteCorrelation) {

  /** Cost: rows × live features² / 2 multiplications. */
  public static FeatureDiagnostics of(Features features) {
    int rows = features.rows();
    Set<Row> distinct = new HashSet<>();
    for (int row = 0; row < rows; row++) {
      float[] values = new float[features.columns()];
      for (int column = 0; column < values.length; column++) {
        values[column] = features.at(row, column);
      }
      distinct.add(new Row(values));
    }
    double[][] live = new double[features.columns()][];
    int alive = 0;
    for (int column = 0; column < features.columns(); column++) {
      float[] values = features.column(column);
      if (!constant(values)) {
        live[alive++] = standardized(values);
      }
    }
    double sum = 0;
    for (int i = 0; i < alive; i++) {
      for (int j = 0; j < i; j++) {
        sum += Math.abs(dot(live[i], live[j]));
      }
    }
    long pairs = (long) alive * (alive - 1) / 2;
    double mean = pairs == 0 ? Double.NaN : Math.min(1, sum / pairs);
    return new FeatureDiagnostics(
        features.columns(), features.columns() - alive, rows, distinct.size(), mean);
  }

  private static boolean constant(float[] values) {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** With mean 0 and length 1. */
  private static double[] standardized(float[] values) {
    double mean = 0;
    for (float value : values) {
      mean += value;
    }
    mean /= values.length;
    double[] centred = new double[values.length];
    double squares = 0;
    for (int i = 0; i < centred.length; i++) {
      centred[i] = values[i] - mean;
      squares += centred[i] * centred[i];
    }
    for (int i = 0; i < centred.length; i++) {
      centred[i] /= Math.sqrt(squares);
    }
    return centred;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private record Row(float[] values) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Row that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }
}
