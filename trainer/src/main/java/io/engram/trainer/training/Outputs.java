package io.engram.trainer.training;

/**
 * What the logits of a batch say: predictions, margins and losses, computed in double precision.
 *
 * <p>Losses are in nats: the cross-entropy of the softmax, or for sigmoid outputs the binary
 * cross-entropy averaged over the outputs.
 */
public final class Outputs {
  private final int classes;
  private final boolean sigmoid;

  /**
   * @param sigmoid whether each output is a sigmoid of its own; otherwise they are a softmax
   */
  Outputs(int classes, boolean sigmoid) {
    this.classes = classes;
    this.sigmoid = sigmoid;
  }

  /** Number of classes. */
  public int classes() {
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

  /**
   * Probabilities of all classes: the softmax, or the sigmoids divided by their sum.
   *
   * @param from where in {@code into} the first of them goes
   */
  public void probabilities(float[] logits, int row, float[] into, int from) {
    double largest = largest(logits, row);
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double weight = weight(logits[row * classes + k], largest);
      into[from + k] = (float) weight;
      sum += weight;
    }
    for (int k = 0; k < classes; k++) {
      into[from + k] = (float) (into[from + k] / sum);
    }
  }

  /** Logarithm of the probability of a label, as {@link #probabilities} gives it. */
  double logProbability(float[] logits, int row, int label) {
    double largest = largest(logits, row);
    double logit = logits[row * classes + label];
    double log =
        sigmoid ? Math.min(logit, 0) - Math.log1p(Math.exp(-Math.abs(logit))) : logit - largest;
    return log - Math.log(sum(logits, row, largest));
  }

  /**
   * Gradient of the loss of one row against a label by its logits.
   *
   * @param from where in {@code into} the first of them goes
   */
  public void gradient(float[] logits, int row, int label, double[] into, int from) {
    double largest = largest(logits, row);
    double scale = sigmoid ? classes : sum(logits, row, largest);
    for (int k = 0; k < classes; k++) {
      double one = k == label ? 1 : 0;
      double weight = weight(logits[row * classes + k], largest);
      into[from + k] = sigmoid ? (weight - one) / scale : weight / scale - one;
    }
  }

  private double largest(float[] logits, int row) {
    double largest = logits[row * classes];
    for (int k = 1; k < classes; k++) {
      largest = Math.max(largest, logits[row * classes + k]);
    }
    return largest;
  }

  private double sum(float[] logits, int row, double largest) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += weight(logits[row * classes + k], largest);
    }
    return sum;
  }

  private double weight(double logit, double largest) {
    return sigmoid ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit - largest);
  }

  /** Loss of one row against a label. */
  double loss(float[] logits, int row, int label) {
    return sigmoid ? binary(logits, row * classes, label) : softmax(logits, row, label);
  }

  private double softmax(float[] logits, int row, int label) {
    double largest = largest(logits, row);
    return Math.log(sum(logits, row, largest)) + largest - logits[row * classes + label];
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
