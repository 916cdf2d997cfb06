package io.engram.trainer.svalidation;

import java.util.Arrays;

/**
 * Feature values of examples, row by row. The array is shared and must not be changed.
 *
 * @param rows number of examples, at least 1
 * @param columns number of features, at least 1
 * @param values rows × columns finite values, example after example
 */
public record Features(int rows, int columns, float[] values) {
  /**
   * @throws SValidationException if a size does not fit, or a value is not finite
   */
  public Features {
    if (rows < 1 || columns < 1) {
      throw new SValidationException(
          "features are %d rows × %d columns, must be at least 1 × 1".formatted(rows, columns));
    }
    if (values.length != (long) rows * columns) {
      throw new SValidationException(
          "features are %d values, must be %d rows × %d columns = %d"
              .formatted(values.length, rows, columns, (long) rows * columns));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new SValidationException(
            "feature %d of row %d is %s, must be finite"
                .formatted(i % columns, i / columns, values[i]));
      }
    }
  }

  /** The value of one feature of one example; negative zero reads as zero. */
  public float at(int row, int column) {
    return values[row * columns + column] + 0f;
  }

  /** One feature of all examples. */
  float[] column(int column) {
    float[] found = new float[rows];
    for (int row = 0; row < rows; row++) {
      found[row] = at(row, column);
    }
    return found;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Features that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Features[%d × %d]".formatted(rows, columns);
  }
}
