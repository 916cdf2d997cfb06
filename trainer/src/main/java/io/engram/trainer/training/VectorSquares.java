package io.engram.trainer.training;

import java.util.Arrays;

/**
 * Sums of squares of long ranges: 256 partial sums in 32-bit floats side by side, which the
 * compiler turns into vector instructions, joined in a double.
 */
final class VectorSquares {
  private static final int LANES = 256;

  private final float[] lanes = new float[LANES];

  double sum(float[] values, int from, int length) {
    Arrays.fill(lanes, 0);
    int end = from + length;
    int at = from;
    for (; at + LANES <= end; at += LANES) {
      for (int k = 0; k < LANES; k++) {
        float value = values[at + k];
        lanes[k] += value * value;
      }
    }
    double sum = 0;
    for (; at < end; at++) {
      sum += (double) values[at] * values[at];
    }
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }
}
