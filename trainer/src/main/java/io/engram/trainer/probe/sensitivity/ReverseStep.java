package io.engram.trainer.probe.sensitivity;

import java.util.Arrays;

/**
 * One update of stochastic gradient descent, {@code w' = w - rate · (∇l(w) + decay · w)}, run
 * backwards for an adjoint of {@code w'}: the R-operator (Pearlmutter 1994) yields the product with
 * the Hessian and the one with the mixed second derivative by the inputs in a forward and a
 * backward pass.
 *
 * <p>Not safe for threads.
 */
final class ReverseStep {
  private final Perceptron network;
  private final double decay;
  private final FirstLayer firstLayer;
  private final double[][] forward;
  private final double[][] backward;
  private final double[] scaled;
  private final double[] scaledDeltas;

  /**
   * @param decay L2 coefficient of the weights, 0 for none
   * @param capacity largest number of examples of a step
   */
  ReverseStep(Perceptron network, double decay, int capacity) {
    this.network = network;
    this.decay = decay;
    firstLayer = new FirstLayer(network, capacity);
    int layers = network.layers();
    forward = new double[layers + 1][];
    backward = new double[layers + 1][];
    for (int l = 1; l <= layers; l++) {
      forward[l] = new double[network.units(l) * capacity];
      backward[l] = new double[network.units(l) * capacity];
    }
    scaled = new double[network.units(1) * capacity];
    scaledDeltas = new double[scaled.length];
  }

  /**
   * @param pass over the examples of the step at w, each weighted 1 / size
   * @param parameters w
   * @param rate learning rate of the step
   * @param adjoint of w' on entry, of w on return
   * @param byInput what the step adds to the gradient by the inputs of its examples is added here
   * @param at where in {@code byInput} the gradient of each example of the pass begins; negative
   *     for one that is not wanted
   */
  void run(
      BatchPass pass,
      double[] parameters,
      double rate,
      double[] adjoint,
      double[] byInput,
      int[] at) {
    forward(pass, parameters, adjoint);
    outputs(pass);
    for (int l = network.layers(); l > 1; l--) {
      back(pass, parameters, adjoint, l);
      update(pass, rate, adjoint, l);
    }
    inputs(pass, parameters, rate, adjoint, byInput, at);
  }

  private void forward(BatchPass pass, double[] parameters, double[] direction) {
    int size = pass.size();
    for (int l = 1; l <= network.layers(); l++) {
      int units = network.units(l);
      int in = network.units(l - 1);
      double[] into = forward[l];
      Products.fillRows(into, direction, network.biases(l), units, size);
      int weights = network.weights(l);
      Products.multiply(direction, weights, in, 1, units, in, pass.activations[l - 1], into, size);
      if (l > 1) {
        Products.multiply(parameters, weights, in, 1, units, in, forward[l - 1], into, size);
      }
      if (l < network.layers()) {
        Products.multiplyBy(into, pass.masks[l], units * size);
      }
    }
  }

  private void outputs(BatchPass pass) {
    int outputs = network.outputs();
    int size = pass.size();
    double[] probabilities = pass.activations[network.layers()];
    double[] direction = forward[network.layers()];
    double factor = 1.0 / size;
    if (network.sigmoidOutputs()) {
      Outputs.sigmoidDirection(direction, probabilities, outputs * size);
      factor /= outputs;
    } else {
      Outputs.softmaxDirection(direction, probabilities, outputs, size);
    }
    double[] into = backward[network.layers()];
    for (int j = 0; j < outputs * size; j++) {
      into[j] = factor * direction[j];
    }
  }

  private void back(BatchPass pass, double[] parameters, double[] direction, int l) {
    int size = pass.size();
    int in = network.units(l - 1);
    int units = network.units(l);
    int weights = network.weights(l);
    double[] into = backward[l - 1];
    Arrays.fill(into, 0, in * size, 0);
    Products.multiply(parameters, weights, 1, in, in, units, backward[l], into, size);
    Products.multiply(direction, weights, 1, in, in, units, pass.deltas[l], into, size);
    Products.multiplyBy(into, pass.masks[l - 1], in * size);
  }

  private void update(BatchPass pass, double rate, double[] adjoint, int l) {
    int size = pass.size();
    int in = network.units(l - 1);
    int units = network.units(l);
    int weights = network.weights(l);
    decay(adjoint, rate, l);
    Products.addOuter(
        adjoint, weights, backward[l], units, pass.activations[l - 1], in, size, -rate);
    Products.addOuter(adjoint, weights, pass.deltas[l], units, forward[l - 1], in, size, -rate);
    Products.addRowSums(adjoint, network.biases(l), backward[l], units, size, -rate);
  }

  private void decay(double[] adjoint, double rate, int l) {
    if (decay != 0) {
      double factor = 1 - rate * decay;
      for (int j = network.weights(l); j < network.biases(l); j++) {
        adjoint[j] *= factor;
      }
    }
  }

  private void inputs(
      BatchPass pass,
      double[] parameters,
      double rate,
      double[] adjoint,
      double[] byInput,
      int[] at) {
    int size = pass.size();
    int units = network.units(1);
    for (int j = 0; j < units * size; j++) {
      scaled[j] = -rate * backward[1][j];
      scaledDeltas[j] = -rate * pass.deltas[1][j];
    }
    for (int b = 0; b < size; b++) {
      if (at[b] >= 0) {
        firstLayer.addBack(parameters, scaled, b, size, byInput, at[b]);
        firstLayer.addBack(adjoint, scaledDeltas, b, size, byInput, at[b]);
      }
    }
    decay(adjoint, rate, 1);
    firstLayer.addOuter(pass.inputs, scaled, size, adjoint, network.weights(1));
    Products.addRowSums(adjoint, network.biases(1), scaled, units, size, 1);
  }
}
