package io.engram.trainer.training;

import io.engram.events.GradientNormsMeasured;
import java.util.Arrays;

/**
 * Raw sums of one step over one batch size, filled by whoever computes the gradients and the
 * update, and turned into a {@link StepMeasurement} at its end. Reused from step to step.
 */
final class ByProducts {
  private final TrainedLayers layers;
  private final Outputs outputs;
  final int examples;

  /** Row by row. */
  final float[] logits;

  /** Of the gradient of each example's loss by its input. */
  final double[] inputGradientL1;

  final double[] inputGradientSquares;

  /** Sum of squares of each example's input to a dense layer, [layer][example]. */
  final double[][] inputSquares;

  /** Sum of squares of the gradient of each example's loss by a dense layer's pre-activations. */
  final double[][] deltaSquares;

  /** L2 norms, a layer each: of the gradient of the batch's summed loss, … */
  final double[] gradientNorms;

  /** … of the update, … */
  final double[] updateNorms;

  /** … and of the parameters before it. */
  final double[] parameterNorms;

  ByProducts(TrainedLayers layers, Outputs outputs, int examples) {
    this.layers = layers;
    this.outputs = outputs;
    this.examples = examples;
    logits = new float[examples * outputs.classes()];
    inputGradientL1 = new double[examples];
    inputGradientSquares = new double[examples];
    inputSquares = new double[layers.size()][examples];
    deltaSquares = new double[layers.size()][examples];
    gradientNorms = new double[layers.size()];
    updateNorms = new double[layers.size()];
    parameterNorms = new double[layers.size()];
  }

  StepMeasurement measurement(int[] labels, double learningRate) {
    int[] predicted = new int[examples];
    float[] loss = new float[examples];
    float[] margin = new float[examples];
    int correct = 0;
    double lossSum = 0;
    for (int i = 0; i < examples; i++) {
      predicted[i] = outputs.predicted(logits, i);
      margin[i] = outputs.margin(logits, i, labels[i]);
      double exact = outputs.loss(logits, i, labels[i]);
      loss[i] = (float) exact;
      lossSum += exact;
      correct += predicted[i] == labels[i] ? 1 : 0;
    }
    float[] layerNorms = new float[layers.size() * examples];
    return new StepMeasurement(
        correct,
        lossSum,
        predicted,
        loss,
        margin,
        layers.inputGradients() ? floats(inputGradientL1) : new float[0],
        layers.inputGradients() ? roots(inputGradientSquares) : new float[0],
        gradientNorms(layerNorms),
        layerNorms,
        learningRate,
        new GradientNormsMeasured(
            Arrays.stream(gradientNorms).map(norm -> norm / examples).toArray(),
            updateNorms.clone(),
            parameterNorms.clone()));
  }

  /**
   * A dense layer's gradient for one example is the outer product of its input and its delta, and
   * the delta itself for the biases.
   */
  private float[] gradientNorms(float[] layerNorms) {
    double[] squares = new double[examples];
    for (int l = 0; l < layers.size(); l++) {
      for (int i = 0; i < examples; i++) {
        double square =
            layers.get(l).perExample() ? (inputSquares[l][i] + 1) * deltaSquares[l][i] : Double.NaN;
        layerNorms[l * examples + i] = (float) Math.sqrt(square);
        squares[i] += square;
      }
    }
    return layers.totals() ? roots(squares) : new float[0];
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static float[] roots(double[] squares) {
    float[] roots = new float[squares.length];
    for (int i = 0; i < squares.length; i++) {
      roots[i] = (float) Math.sqrt(squares[i]);
    }
    return roots;
  }
}
