package io.engram.trainer.probe.critical;

/**
 * The direction in which the loss against a class grows fastest, by the logits: the gradient of the
 * softmax's cross-entropy, or with sigmoid outputs of the binary one, times a positive number that
 * keeps it away from 0 where the network is certain. Only signs count in the search.
 */
final class Ascent {
  private final int classes;
  private final boolean sigmoid;

  Ascent(int classes, boolean sigmoid) {
    this.classes = classes;
    this.sigmoid = sigmoid;
  }

  /** The class of the largest logit, the lowest index among equals. */
  int predicted(float[] logits, int row) {
    int from = row * classes;
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (logits[from + k] > logits[from + best]) {
        best = k;
      }
    }
    return best;
  }

  boolean isFinite(float[] logits, int row) {
    for (int at = row * classes; at < (row + 1) * classes; at++) {
      if (!Float.isFinite(logits[at])) {
        return false;
      }
    }
    return true;
  }

  void direction(float[] logits, int row, int label, float[] deltas) {
    if (sigmoid) {
      sigmoids(logits, row * classes, label, deltas);
    } else {
      softmax(logits, row * classes, label, deltas);
    }
  }

  /** Probabilities of the other classes among themselves, and -1. */
  private void softmax(float[] logits, int from, int label, float[] deltas) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      if (k != label) {
        largest = Math.max(largest, logits[from + k]);
      }
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      if (k != label) {
        double weight = Math.exp(logits[from + k] - largest);
        deltas[from + k] = (float) weight;
        sum += weight;
      }
    }
    deltas[from + label] = (float) -sum;
  }

  /** sigmoid(z) of the others and -sigmoid(-z) of the label, over the largest of them. */
  private void sigmoids(float[] logits, int from, int label, float[] deltas) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, logSigmoid(logits[from + k], k == label));
    }
    for (int k = 0; k < classes; k++) {
      double weight = Math.exp(logSigmoid(logits[from + k], k == label) - largest);
      deltas[from + k] = (float) (k == label ? -weight : weight);
    }
  }

  private static double logSigmoid(double logit, boolean negated) {
    double z = negated ? -logit : logit;
    return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
  }
}
