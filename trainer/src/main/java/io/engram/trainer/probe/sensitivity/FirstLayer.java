package io.engram.trainer.probe.sensitivity;

/**
 * Products with the inputs, where nearly all arithmetic is: along the contiguous inputs of an
 * example or weights of a unit, and only for units that are active.
 */
final class FirstLayer {
  private final int width;
  private final int units;
  private final int[] at;
  private final double[] factors;

  /**
   * @param capacity largest number of examples
   */
  FirstLayer(Perceptron network, int capacity) {
    width = network.inputs();
    units = network.units(1);
    at = new int[Math.max(capacity, units)];
    factors = new double[at.length];
  }

  /**
   * {@code into[offset + u·width + d] += Σ_b coefficients[u][b] · inputs[b][d]}.
   *
   * @param size number of examples
   */
  void addOuter(double[] inputs, double[] coefficients, int size, double[] into, int offset) {
    for (int u = 0; u < units; u++) {
      int count = 0;
      for (int b = 0; b < size; b++) {
        double coefficient = coefficients[u * size + b];
        if (coefficient != 0) {
          at[count] = b * width;
          factors[count++] = coefficient;
        }
      }
      Products.addRows(into, offset + u * width, inputs, at, factors, count, width);
    }
  }

  /**
   * {@code into[offset + d] += Σ_u coefficients[u][example] · weights[u][d]} for one example of so
   * many.
   */
  void addBack(
      double[] weights, double[] coefficients, int example, int size, double[] into, int offset) {
    int count = 0;
    for (int u = 0; u < units; u++) {
      double coefficient = coefficients[u * size + example];
      if (coefficient != 0) {
        at[count] = u * width;
        factors[count++] = coefficient;
      }
    }
    Products.addRows(into, offset, weights, at, factors, count, width);
  }
}
