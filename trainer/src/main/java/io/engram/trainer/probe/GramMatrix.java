package io.engram.trainer.probe;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Inner products of vectors with each other, divided by the number of vectors.
 *
 * @param products symmetric
 */
record GramMatrix(double[][] products) {

  /** Of the outer products {@code left[i] ⊗ right[i]}. */
  static GramMatrix ofOuterProducts(double[][] left, double[][] right) {
    double[][] products = products(left);
    double[][] others = products(right);
    int n = products.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        products[i][j] *= others[i][j] / n;
      }
    }
    return new GramMatrix(products);
  }

  private static double[][] products(double[][] vectors) {
    try (INDArray matrix = Nd4j.create(vectors);
        INDArray transposed = matrix.transpose().dup();
        INDArray products = matrix.mmul(transposed)) {
      return products.toDoubleMatrix();
    }
  }

  /** That of the same vectors less their mean. */
  GramMatrix centred() {
    int n = products.length;
    double[] means =
        Arrays.stream(products)
            .mapToDouble(row -> DoubleStream.of(row).average().orElse(0))
            .toArray();
    double mean = DoubleStream.of(means).average().orElse(0);
    double[][] centred = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        centred[i][j] = products[i][j] - means[i] - means[j] + mean;
      }
    }
    return new GramMatrix(centred);
  }

  boolean isFinite() {
    return Arrays.stream(products).flatMapToDouble(DoubleStream::of).allMatch(Double::isFinite);
  }

  /** Descending, of a matrix that is finite; those that rounding makes negative are 0. */
  double[] eigenvalues() {
    int n = products.length;
    try (INDArray matrix = Nd4j.create(products);
        INDArray symmetric = matrix.dup('f');
        INDArray ascending = Nd4j.createUninitialized(DataType.DOUBLE, n)) {
      Nd4j.getBlasWrapper().lapack().syev('N', 'U', symmetric, ascending);
      double[] values = ascending.toDoubleVector();
      double[] descending = new double[n];
      for (int i = 0; i < n; i++) {
        descending[i] = Math.max(0, values[n - 1 - i]);
      }
      return descending;
    }
  }
}
