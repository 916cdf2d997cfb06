package io.engram.trainer.probe.sensitivity;

import java.util.Arrays;

/**
 * Matrix products in the shapes that reverse mode needs. The innermost loops add multiples of
 * several contiguous rows to one, which HotSpot compiles to vector instructions; sums along a
 * contiguous row, which it does not, are taken eight side by side.
 */
final class Products {
  private Products() {}

  /**
   * {@code out[r][b] += Σ_c m[offset + r·rowStride + c·columnStride] · in[c][b]}.
   *
   * @param width of the contiguous rows of {@code in} and {@code out}
   */
  static void multiply(
      double[] m,
      int offset,
      int rowStride,
      int columnStride,
      int rows,
      int columns,
      double[] in,
      double[] out,
      int width) {
    int c = 0;
    for (; c + 8 <= columns; c += 8) {
      for (int r = 0; r < rows; r++) {
        int at = offset + r * rowStride + c * columnStride;
        add8(
            out,
            r * width,
            in,
            c * width,
            width,
            m[at],
            m[at + columnStride],
            m[at + 2 * columnStride],
            m[at + 3 * columnStride],
            m[at + 4 * columnStride],
            m[at + 5 * columnStride],
            m[at + 6 * columnStride],
            m[at + 7 * columnStride]);
      }
    }
    for (; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        add(out, r * width, in, c * width, width, m[offset + r * rowStride + c * columnStride]);
      }
    }
  }

  private static void add8(
      double[] out,
      int o,
      double[] in,
      int i,
      int width,
      double m0,
      double m1,
      double m2,
      double m3,
      double m4,
      double m5,
      double m6,
      double m7) {
    int i1 = i + width;
    int i2 = i1 + width;
    int i3 = i2 + width;
    int i4 = i3 + width;
    int i5 = i4 + width;
    int i6 = i5 + width;
    int i7 = i6 + width;
    for (int b = 0; b < width; b++) {
      out[o + b] +=
          m0 * in[i + b]
              + m1 * in[i1 + b]
              + m2 * in[i2 + b]
              + m3 * in[i3 + b]
              + m4 * in[i4 + b]
              + m5 * in[i5 + b]
              + m6 * in[i6 + b]
              + m7 * in[i7 + b];
    }
  }

  /** {@code out[o + j] += factor · in[i + j]} for j below length. */
  static void add(double[] out, int o, double[] in, int i, int length, double factor) {
    for (int j = 0; j < length; j++) {
      out[o + j] += factor * in[i + j];
    }
  }

  /**
   * {@code out[o + j] += Σ_t factors[t] · in[at[t] + j]} for j below length and t below count:
   * multiples of rows that lie anywhere.
   */
  static void addRows(
      double[] out, int o, double[] in, int[] at, double[] factors, int count, int length) {
    int t = 0;
    for (; t + 4 <= count; t += 4) {
      add4(out, o, in, at, factors, t, length);
    }
    for (; t < count; t++) {
      add(out, o, in, at[t], length, factors[t]);
    }
  }

  private static void add4(
      double[] out, int o, double[] in, int[] at, double[] factors, int t, int length) {
    int i0 = at[t];
    int i1 = at[t + 1];
    int i2 = at[t + 2];
    int i3 = at[t + 3];
    double f0 = factors[t];
    double f1 = factors[t + 1];
    double f2 = factors[t + 2];
    double f3 = factors[t + 3];
    for (int j = 0; j < length; j++) {
      out[o + j] += f0 * in[i0 + j] + f1 * in[i1 + j] + f2 * in[i2 + j] + f3 * in[i3 + j];
    }
  }

  /** {@code out[offset + r·columns + c] += factor · Σ_b left[r][b] · right[c][b]}. */
  static void addOuter(
      double[] out,
      int offset,
      double[] left,
      int rows,
      double[] right,
      int columns,
      int width,
      double factor) {
    int r = 0;
    for (; r + 2 <= rows; r += 2) {
      int c = 0;
      for (; c + 4 <= columns; c += 4) {
        addBlock(
            out,
            offset + r * columns + c,
            columns,
            left,
            r * width,
            right,
            c * width,
            width,
            factor);
      }
      for (; c < columns; c++) {
        out[offset + r * columns + c] += factor * dot(left, r * width, right, c * width, width);
        out[offset + (r + 1) * columns + c] +=
            factor * dot(left, (r + 1) * width, right, c * width, width);
      }
    }
    if (r < rows) {
      for (int c = 0; c < columns; c++) {
        out[offset + r * columns + c] += factor * dot(left, r * width, right, c * width, width);
      }
    }
  }

  private static void addBlock(
      double[] out,
      int at,
      int columns,
      double[] left,
      int l0,
      double[] right,
      int r0,
      int width,
      double factor) {
    int l1 = l0 + width;
    int r1 = r0 + width;
    int r2 = r1 + width;
    int r3 = r2 + width;
    double s00 = 0;
    double s01 = 0;
    double s02 = 0;
    double s03 = 0;
    double s10 = 0;
    double s11 = 0;
    double s12 = 0;
    double s13 = 0;
    for (int b = 0; b < width; b++) {
      double a0 = left[l0 + b];
      double a1 = left[l1 + b];
      double b0 = right[r0 + b];
      double b1 = right[r1 + b];
      double b2 = right[r2 + b];
      double b3 = right[r3 + b];
      s00 += a0 * b0;
      s01 += a0 * b1;
      s02 += a0 * b2;
      s03 += a0 * b3;
      s10 += a1 * b0;
      s11 += a1 * b1;
      s12 += a1 * b2;
      s13 += a1 * b3;
    }
    out[at] += factor * s00;
    out[at + 1] += factor * s01;
    out[at + 2] += factor * s02;
    out[at + 3] += factor * s03;
    out[at + columns] += factor * s10;
    out[at + columns + 1] += factor * s11;
    out[at + columns + 2] += factor * s12;
    out[at + columns + 3] += factor * s13;
  }

  private static double dot(double[] left, int l, double[] right, int r, int width) {
    double sum = 0;
    for (int b = 0; b < width; b++) {
      sum += left[l + b] * right[r + b];
    }
    return sum;
  }

  /** {@code into[from + r] += factor · Σ_b values[r][b]}. */
  static void addRowSums(
      double[] into, int from, double[] values, int rows, int width, double factor) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int b = 0; b < width; b++) {
        sum += values[r * width + b];
      }
      into[from + r] += factor * sum;
    }
  }

  /** Sets every element of row r to {@code values[from + r]}. */
  static void fillRows(double[] into, double[] values, int from, int rows, int width) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(into, r * width, (r + 1) * width, values[from + r]);
    }
  }

  /** Elementwise, in place. */
  static void multiplyBy(double[] values, double[] factors, int length) {
    for (int j = 0; j < length; j++) {
      values[j] *= factors[j];
    }
  }
}
