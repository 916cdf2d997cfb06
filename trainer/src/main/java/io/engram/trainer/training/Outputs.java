package io.engram.trainer.training;

/**
 * What the logits of a batch say: predictions, margins and losses, computed in double precision.
 *
 * <p>Losses are in nats: the cross-entropy of the softmax, or for sigmoid outputs the binary
 * cross-entropy averaged over the outputs.
 */
final class Outputs {
  private final int classes;
  private final boolean sigmoid;

  Outputs(int classes, boolean sigmoid) {
    this.classes = classes;
    this.sigmoid = sigmoid;
  }

  int classes() {
    return classes;
  }

  /**
   * The class of the largest logit, the lowest index among equals.
   *
   * @param logits row by row
   */
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

  /** Logit of the label minus the largest other one. */
  float margin(float[] logits, int row, int label) {
    int from = row * classes;
    float other = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      if (k != label) {
        other = Math.max(other, logits[from + k]);
      }
    }
    return logits[from + label] - other;
  }

  /** Loss of one row against a label. */
  double loss(float[] logits, int row, int label) {
    return sigmoid ? binary(logits, row * classes, label) : softmax(logits, row * classes, label);
  }

  private double softmax(float[] logits, int from, int label) {
    double largest = logits[from];
    for (int k = 1; k < classes; k++) {
      largest = Math.max(largest, logits[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(logits[from + k] - largest);
    }
    return Math.log(sum) + largest - logits[from + label];
  }

  private double binary(float[] logits, int from, int label) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double logit = logits[from + k];
      sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    }
    return (sum - logits[from + label]) / classes;
  }
}
