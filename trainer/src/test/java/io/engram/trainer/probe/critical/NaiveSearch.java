package io.engram.trainer.probe.critical;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Algorithm 1 of Arpit et al. 2017 for one example after the other, in plain loops and double
 * precision, on ReLU layers under a softmax; nothing stops before its time but by a find.
 */
final class NaiveSearch {
  private final double[][][] weights;
  private final double[][] biases;
  private final NoiseTable noise;

  NaiveSearch(MultiLayerNetwork network, NoiseTable noise) {
    this.noise = noise;
    weights = new double[network.getnLayers()][][];
    biases = new double[network.getnLayers()][];
    for (int l = 0; l < weights.length; l++) {
      INDArray w = network.getLayer(l).getParam("W");
      weights[l] = w.toDoubleMatrix();
      biases[l] = network.getLayer(l).getParam("b").toDoubleVector();
    }
  }

  /**
   * Where a search ended.
   *
   * @param foundAt the iteration of the find; 0 if there is none
   * @param x the last input
   */
  record End(int foundAt, double[] x) {}

  /** The iteration of the find; 0 if there is none. */
  int foundAt(int set, int id, double[] origin, double radius, int iterations) {
    return search(set, id, origin, radius, iterations).foundAt();
  }

  End search(int set, int id, double[] origin, double radius, int iterations) {
    double[] x = origin.clone();
    int label = predicted(x);
    for (int t = 1; t <= iterations; t++) {
      double[] gradient = gradient(x, label);
      int offset = noise.offset(set, id, t);
      for (int j = 0; j < x.length; j++) {
        double step = 0.25 / 0.3 * Math.signum(gradient[j]) + 0.2 / 0.3 * noise.values[offset + j];
        double moved = x[j] + radius * step;
        x[j] = Math.max(origin[j] - radius, Math.min(origin[j] + radius, moved));
      }
      if (predicted(x) != label) {
        return new End(t, x);
      }
    }
    return new End(0, x);
  }

  int predicted(double[] x) {
    double[] logits = logits(x)[weights.length - 1];
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    return best;
  }

  /** Of the cross-entropy against a class. */
  private double[] gradient(double[] x, int label) {
    double[][] outputs = logits(x);
    int last = weights.length - 1;
    double[] delta = new double[biases[last].length];
    double sum = 0;
    for (double logit : outputs[last]) {
      sum += Math.exp(logit);
    }
    for (int k = 0; k < delta.length; k++) {
      delta[k] = Math.exp(outputs[last][k]) / sum - (k == label ? 1 : 0);
    }
    for (int l = last; l >= 0; l--) {
      double[] below = new double[weights[l].length];
      for (int i = 0; i < below.length; i++) {
        for (int j = 0; j < delta.length; j++) {
          below[i] += weights[l][i][j] * delta[j];
        }
        if (l > 0 && outputs[l - 1][i] <= 0) {
          below[i] = 0;
        }
      }
      delta = below;
    }
    return delta;
  }

  private double[][] logits(double[] x) {
    double[][] outputs = new double[weights.length][];
    double[] values = x;
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
      outputs[l] = next;
      values = next;
    }
    return outputs;
  }
}
