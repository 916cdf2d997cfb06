package io.engram.trainer.training;

import java.util.Arrays;

/** Passes over a matrix in a Java array whose rows lie one after the other. */
final class Rows {
  private Rows() {}

  /**
   * Replaces values by 0 where {@code gate} is 0. Both hold the bits of floats, and a gate is never
   * negative: as a whole number it is above 0 where the float is. No branch, which random signs
   * would make slow.
   */
  static void maskWhereZero(int[] values, int[] gate, int length) {
    for (int i = 0; i < length; i++) {
      values[i] &= -gate[i] >> 31;
    }
  }

  /** Sums of each column, from the first row to the last, in 32-bit floats. */
  static void columnSums(float[] matrix, int rows, int columns, float[] sums) {
    Arrays.fill(sums, 0, columns, 0);
    for (int i = 0; i < rows; i++) {
      int from = i * columns;
      for (int j = 0; j < columns; j++) {
        sums[j] += matrix[from + j];
      }
    }
  }
}
