package io.engram.trainer.probe.sensitivity;

import java.util.Arrays;

/** What happens at the outputs of a network. */
final class Outputs {
  private Outputs() {}

  static void sigmoid(double[] values, int length) {
    for (int j = 0; j < length; j++) {
      values[j] = 1 / (1 + Math.exp(-values[j]));
    }
  }

  /** Over the columns of [outputs][width], in place. */
  static void softmax(double[] values, int outputs, int width) {
    double[] largest = Arrays.copyOf(values, width);
    for (int o = 1; o < outputs; o++) {
      for (int b = 0; b < width; b++) {
        largest[b] = Math.max(largest[b], values[o * width + b]);
      }
    }
    double[] sums = new double[width];
    for (int o = 0; o < outputs; o++) {
      for (int b = 0; b < width; b++) {
        double e = Math.exp(values[o * width + b] - largest[b]);
        values[o * width + b] = e;
        sums[b] += e;
      }
    }
    for (int o = 0; o < outputs; o++) {
      for (int b = 0; b < width; b++) {
        values[o * width + b] /= sums[b];
      }
    }
  }

  /**
   * Turns directions of the logits into those of the softmax, in place: with p the probabilities
   * and r the direction, {@code p ⊙ (r - <p, r>)} for every column.
   */
  static void softmaxDirection(
      double[] directions, double[] probabilities, int outputs, int width) {
    double[] means = new double[width];
    for (int o = 0; o < outputs; o++) {
      for (int b = 0; b < width; b++) {
        means[b] += probabilities[o * width + b] * directions[o * width + b];
      }
    }
    for (int o = 0; o < outputs; o++) {
      for (int b = 0; b < width; b++) {
        directions[o * width + b] =
            probabilities[o * width + b] * (directions[o * width + b] - means[b]);
      }
    }
  }

  /** Turns directions of the logits into those of the sigmoids, in place: {@code p (1 - p) r}. */
  static void sigmoidDirection(double[] directions, double[] probabilities, int length) {
    for (int j = 0; j < length; j++) {
      directions[j] *= probabilities[j] * (1 - probabilities[j]);
    }
  }
}
