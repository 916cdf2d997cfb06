package io.engram.trainer.training;

import java.util.Arrays;

/** Sums over the rows of a matrix in a Java array, in double precision; one row an example. */
final class Sums {
  private Sums() {}

  /** Sums of squares of each row; rows lie one after the other. */
  static void rowSquares(float[] matrix, int rows, int columns, double[] squares) {
    for (int i = 0; i < rows; i++) {
      squares[i] = squares(matrix, i * columns, columns);
    }
  }

  /** Sums of squares of each row; columns lie one after the other. */
  static void rowSquaresByColumn(float[] matrix, int rows, int columns, double[] squares) {
    Arrays.fill(squares, 0, rows, 0);
    for (int j = 0; j < columns; j++) {
      int from = j * rows;
      for (int i = 0; i < rows; i++) {
        double value = matrix[from + i];
        squares[i] += value * value;
      }
    }
  }

  /** Sums of absolute values of each row; rows lie one after the other. */
  static void rowAbsolutes(float[] matrix, int rows, int columns, double[] sums) {
    for (int i = 0; i < rows; i++) {
      int from = i * columns;
      double sum0 = 0;
      double sum1 = 0;
      int j = from;
      for (; j + 1 < from + columns; j += 2) {
        sum0 += Math.abs(matrix[j]);
        sum1 += Math.abs(matrix[j + 1]);
      }
      if (j < from + columns) {
        sum0 += Math.abs(matrix[j]);
      }
      sums[i] = sum0 + sum1;
    }
  }

  /** Sum of squares of a range; four partial sums, so that they need not wait for each other. */
  static double squares(float[] values, int from, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int end = from + length;
    int j = from;
    for (; j + 3 < end; j += 4) {
      double value0 = values[j];
      double value1 = values[j + 1];
      double value2 = values[j + 2];
      double value3 = values[j + 3];
      sum0 += value0 * value0;
      sum1 += value1 * value1;
      sum2 += value2 * value2;
      sum3 += value3 * value3;
    }
    for (; j < end; j++) {
      sum0 += (double) values[j] * values[j];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
