package io.engram.trainer.training;

import java.util.Arrays;

/**
 * Passes over a matrix in a Java array whose columns lie one after the other; one row an example.
 * Inner loops run over the examples of a column, which the compiler turns into vector instructions.
 */
final class Columns {
  private static final int TILE = 16;

  /** Columns that are summed in 32-bit floats before they go into a double. */
  private static final int FLOAT_SUM = 64;

  private Columns() {}

  /** Adds {@code biases[j]} to column j. */
  static void addBiases(float[] matrix, int rows, int columns, float[] biases) {
    for (int j = 0; j < columns; j++) {
      float bias = biases[j];
      int end = (j + 1) * rows;
      for (int at = j * rows; at < end; at++) {
        matrix[at] += bias;
      }
    }
  }

  /** Adds {@code biases[j]} to column j and replaces what is negative by 0. */
  static void addBiasesAndRectify(float[] matrix, int rows, int columns, float[] biases) {
    for (int j = 0; j < columns; j++) {
      float bias = biases[j];
      int end = (j + 1) * rows;
      for (int at = j * rows; at < end; at++) {
        matrix[at] = Math.max(matrix[at] + bias, 0);
      }
    }
  }

  /** Writes the matrix row by row. */
  static void transpose(float[] matrix, int rows, int columns, float[] byRow) {
    for (int from = 0; from < columns; from += TILE) {
      int to = Math.min(from + TILE, columns);
      for (int i = 0; i < rows; i++) {
        for (int j = from; j < to; j++) {
          byRow[i * columns + j] = matrix[j * rows + i];
        }
      }
    }
  }

  /**
   * Sums of squares of each row.
   *
   * @param lanes at least one for each row
   */
  static void rowSquares(float[] matrix, int rows, int columns, float[] lanes, double[] squares) {
    Arrays.fill(squares, 0, rows, 0);
    for (int from = 0; from < columns; from += FLOAT_SUM) {
      int to = Math.min(from + FLOAT_SUM, columns);
      Arrays.fill(lanes, 0, rows, 0);
      for (int j = from; j < to; j++) {
        int at = j * rows;
        for (int i = 0; i < rows; i++) {
          float value = matrix[at + i];
          lanes[i] += value * value;
        }
      }
      add(lanes, rows, squares);
    }
  }

  /**
   * Sums of absolute values of each row.
   *
   * @param lanes at least one for each row
   */
  static void rowAbsolutes(float[] matrix, int rows, int columns, float[] lanes, double[] sums) {
    Arrays.fill(sums, 0, rows, 0);
    for (int from = 0; from < columns; from += FLOAT_SUM) {
      int to = Math.min(from + FLOAT_SUM, columns);
      Arrays.fill(lanes, 0, rows, 0);
      for (int j = from; j < to; j++) {
        int at = j * rows;
        for (int i = 0; i < rows; i++) {
          lanes[i] += Math.abs(matrix[at + i]);
        }
      }
      add(lanes, rows, sums);
    }
  }

  private static void add(float[] lanes, int rows, double[] sums) {
    for (int i = 0; i < rows; i++) {
      sums[i] += lanes[i];
    }
  }
}
