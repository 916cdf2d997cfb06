package io.engram.trainer.probe;

import java.util.Arrays;

/** Eigenvalues of a symmetric matrix by Jacobi's rotations, descending; slow and simple. */
final class Jacobi {
  private Jacobi() {}

  static double[] eigenvalues(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = Arrays.stream(symmetric).map(double[]::clone).toArray(double[][]::new);
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (a[p][q] != 0) {
            rotate(a, p, q);
          }
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[n - 1 - i] = a[i][i];
    }
    Arrays.sort(values);
    for (int i = 0; i < n / 2; i++) {
      double value = values[i];
      values[i] = values[n - 1 - i];
      values[n - 1 - i] = value;
    }
    return values;
  }

  private static void rotate(double[][] a, int p, int q) {
    double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
    for (int k = 0; k < a.length; k++) {
      double pk = a[p][k];
      double qk = a[q][k];
      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
    }
  }
}
