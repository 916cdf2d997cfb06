package io.engram.trainer.probe.sensitivity;

import java.util.Arrays;

/**
 * One forward and backward pass over some examples. Arrays of a layer are [units][examples]; their
 * first {@code units · size()} elements count.
 */
final class BatchPass {
  private final Perceptron network;
  private final TrainingRows examples;
  private final float[] row;

  /** Inputs, [examples][inputs]. */
  final double[] inputs;

  /** By layer: element 0 is the inputs, the last the outputs' probabilities. */
  final double[][] activations;

  /** By hidden layer: 1 where a unit is active, 0 elsewhere. */
  final double[][] masks;

  /** By layer: the gradient by what goes into the activation function. */
  final double[][] deltas;

  private final int[] labels;
  private final FirstLayer firstLayer;
  private int size;

  /**
   * @param capacity largest number of examples of a pass
   */
  BatchPass(Perceptron network, TrainingRows examples, int capacity) {
    this.network = network;
    this.examples = examples;
    row = new float[network.inputs()];
    inputs = new double[capacity * network.inputs()];
    labels = new int[capacity];
    firstLayer = new FirstLayer(network, capacity);
    int layers = network.layers();
    activations = new double[layers + 1][];
    masks = new double[layers][];
    deltas = new double[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      activations[l] = new double[network.units(l) * capacity];
      if (l > 0) {
        deltas[l] = new double[network.units(l) * capacity];
      }
      if (l > 0 && l < layers) {
        masks[l] = new double[network.units(l) * capacity];
      }
    }
  }

  /** Number of examples of the latest pass. */
  int size() {
    return size;
  }

  /**
   * @param factor of the gradient of the sum of the examples' losses: 1 / size for their mean
   */
  void run(double[] parameters, int[] rows, double factor) {
    load(rows);
    forward(parameters);
    outputDeltas(factor);
    backward(parameters);
  }

  private void load(int[] rows) {
    size = rows.length;
    int width = network.inputs();
    double[] transposed = activations[0];
    for (int b = 0; b < size; b++) {
      examples.copyInput(rows[b], row, 0);
      labels[b] = examples.label(rows[b]);
      for (int d = 0; d < width; d++) {
        inputs[b * width + d] = row[d];
        transposed[d * size + b] = row[d];
      }
    }
  }

  private void forward(double[] parameters) {
    for (int l = 1; l <= network.layers(); l++) {
      double[] out = activations[l];
      int units = network.units(l);
      Products.fillRows(out, parameters, network.biases(l), units, size);
      int in = network.units(l - 1);
      Products.multiply(
          parameters, network.weights(l), in, 1, units, in, activations[l - 1], out, size);
      if (l < network.layers()) {
        rectify(out, masks[l], units * size);
      } else if (network.sigmoidOutputs()) {
        Outputs.sigmoid(out, units * size);
      } else {
        Outputs.softmax(out, units, size);
      }
    }
  }

  private static void rectify(double[] values, double[] mask, int length) {
    for (int j = 0; j < length; j++) {
      mask[j] = values[j] > 0 ? 1 : 0;
    }
    Products.multiplyBy(values, mask, length);
  }

  private void outputDeltas(double factor) {
    int outputs = network.outputs();
    double scale = network.sigmoidOutputs() ? factor / outputs : factor;
    double[] probabilities = activations[network.layers()];
    double[] delta = deltas[network.layers()];
    for (int j = 0; j < outputs * size; j++) {
      delta[j] = scale * probabilities[j];
    }
    for (int b = 0; b < size; b++) {
      delta[labels[b] * size + b] -= scale;
    }
  }

  private void backward(double[] parameters) {
    for (int l = network.layers(); l > 1; l--) {
      int in = network.units(l - 1);
      double[] into = deltas[l - 1];
      Arrays.fill(into, 0, in * size, 0);
      Products.multiply(
          parameters, network.weights(l), 1, in, in, network.units(l), deltas[l], into, size);
      Products.multiplyBy(into, masks[l - 1], in * size);
    }
  }

  /** Adds the gradient by all parameters. */
  void addGradient(double[] into) {
    firstLayer.addOuter(inputs, deltas[1], size, into, network.weights(1));
    for (int l = 1; l <= network.layers(); l++) {
      int units = network.units(l);
      if (l > 1) {
        int in = network.units(l - 1);
        Products.addOuter(
            into, network.weights(l), deltas[l], units, activations[l - 1], in, size, 1);
      }
      Products.addRowSums(into, network.biases(l), deltas[l], units, size, 1);
    }
  }
}
