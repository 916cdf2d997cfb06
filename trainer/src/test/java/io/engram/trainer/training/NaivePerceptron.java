package io.engram.trainer.training;

import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ReLU layers in plain loops and double precision, one example at a time. */
final class NaivePerceptron {
  private final double[][][] weights;
  private final double[][] biases;
  private final boolean sigmoid;

  NaivePerceptron(MultiLayerNetwork network, boolean sigmoid) {
    this.sigmoid = sigmoid;
    weights = new double[network.getnLayers()][][];
    biases = new double[network.getnLayers()][];
    for (int l = 0; l < weights.length; l++) {
      INDArray w = network.getLayer(l).getParam("W");
      weights[l] = w.toDoubleMatrix();
      biases[l] = network.getLayer(l).getParam("b").toDoubleVector();
    }
  }

  double[] logits(double[] input) {
    double[] values = input;
    for (int l = 0; l < weights.length; l++) {
      double[] next = biases[l].clone();
      for (int j = 0; j < next.length; j++) {
        for (int i = 0; i < values.length; i++) {
          next[j] += values[i] * weights[l][i][j];
        }
        if (l < weights.length - 1) {
          next[j] = Math.max(0, next[j]);
        }
      }
      values = next;
    }
    return values;
  }

  double loss(double[] input, int label) {
    double[] logits = logits(input);
    double loss = 0;
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      double probability = 1 / (1 + Math.exp(-logits[k]));
      loss -= Math.log(k == label ? probability : 1 - probability) / logits.length;
      sum += Math.exp(logits[k]);
    }
    return sigmoid ? loss : -Math.log(Math.exp(logits[label]) / sum);
  }

  /** Central differences by every input. */
  double[] inputGradient(double[] input, int label) {
    double[] gradient = new double[input.length];
    for (int i = 0; i < input.length; i++) {
      double[] at = input.clone();
      gradient[i] = difference(() -> loss(at, label), at, i);
    }
    return gradient;
  }

  /** L2 norm of the central differences by every parameter of a layer. */
  double parameterGradientNorm(int layer, double[] input, int label) {
    double squares = 0;
    for (double[] row : weights[layer]) {
      squares += squares(row, input, label);
    }
    return Math.sqrt(squares + squares(biases[layer], input, label));
  }

  private double squares(double[] parameters, double[] input, int label) {
    double squares = 0;
    for (int i = 0; i < parameters.length; i++) {
      double difference = difference(() -> loss(input, label), parameters, i);
      squares += difference * difference;
    }
    return squares;
  }

  private static double difference(DoubleSupplier loss, double[] variables, int index) {
    double step = 1e-6;
    double kept = variables[index];
    variables[index] = kept + step;
    double above = loss.getAsDouble();
    variables[index] = kept - step;
    double below = loss.getAsDouble();
    variables[index] = kept;
    return (above - below) / (2 * step);
  }
}
