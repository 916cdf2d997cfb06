package io.engram.trainer.training;

/**
 * Passes over a matrix in a Java array whose columns lie one after the other; one row an example.
 */
final class Columns {
  private static final int TILE = 64;

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

  /**
   * Writes the matrix row by row; in strips of columns, so that what is read stays in the cache.
   */
  static void transpose(float[] matrix, int rows, int columns, float[] byRow) {
    for (int from = 0; from < columns; from += TILE) {
      int to = Math.min(from + TILE, columns);
      for (int i = 0; i < rows; i++) {
        int into = i * columns;
        int at = from * rows + i;
        int j = from;
        for (; j + 4 <= to; j += 4) {
          byRow[into + j] = matrix[at];
          byRow[into + j + 1] = matrix[at + rows];
          byRow[into + j + 2] = matrix[at + 2 * rows];
          byRow[into + j + 3] = matrix[at + 3 * rows];
          at += 4 * rows;
        }
        for (; j < to; j++) {
          byRow[into + j] = matrix[at];
          at += rows;
        }
      }
    }
  }
}
