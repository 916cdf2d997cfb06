package io.engram.trainer.probe.sensitivity;

import java.util.Random;

/**
 * Training in plain loops and double precision, one example at a time: a seeded problem of a few
 * examples that any input of which can be changed, to see what that does to the loss at the end.
 */
public final class NaiveDescent {
  final boolean sigmoid;
  final int[] sizes;
  final double decay;
  final double[][] inputs;
  final int[] labels;
  final int[][] rows;
  final double[] rates;
  final double[] initial;

  /**
   * @param sizes inputs, units of each hidden layer, outputs
   * @param examples number of training examples
   * @param updates number of updates, of four examples each but every third of three
   */
  NaiveDescent(boolean sigmoid, double decay, int examples, int updates, long seed, int... sizes) {
    this.sigmoid = sigmoid;
    this.sizes = sizes;
    this.decay = decay;
    Random random = new Random(seed);
    inputs = new double[examples][sizes[0]];
    labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = i % sizes[sizes.length - 1];
      for (int d = 0; d < sizes[0]; d++) {
        inputs[i][d] = (float) random.nextGaussian();
      }
    }
    rows = new int[updates][];
    rates = new double[updates];
    for (int s = 0; s < updates; s++) {
      rows[s] = random.ints(0, examples).distinct().limit(s % 3 == 2 ? 3 : 4).toArray();
      rates[s] = 0.3 + 0.1 * random.nextDouble();
    }
    initial = new double[parameters()];
    for (int j = 0; j < initial.length; j++) {
      initial[j] = 0.7 * random.nextGaussian();
    }
  }

  /** Examples alone, for their gradients. */
  public NaiveDescent(
      boolean sigmoid, double decay, double[][] inputs, int[] labels, int... sizes) {
    this.sigmoid = sigmoid;
    this.decay = decay;
    this.inputs = inputs;
    this.labels = labels;
    this.sizes = sizes;
    rows = new int[0][];
    rates = new double[0];
    initial = new double[parameters()];
  }

  private int parameters() {
    int count = 0;
    for (int l = 1; l < sizes.length; l++) {
      count += (sizes[l - 1] + 1) * sizes[l];
    }
    return count;
  }

  Perceptron network() {
    return new Perceptron(sigmoid, sizes);
  }

  TrainingRows examples() {
    return new TrainingRows() {
      @Override
      public int size() {
        return labels.length;
      }

      @Override
      public int label(int row) {
        return labels[row];
      }

      @Override
      public void copyInput(int row, float[] into, int offset) {
        for (int d = 0; d < inputs[row].length; d++) {
          into[offset + d] = (float) inputs[row][d];
        }
      }
    };
  }

  /** What it does, in the form in which it is unrolled. */
  Trajectory trajectory() {
    double[][] all = new double[rows.length + 1][];
    all[0] = initial;
    for (int s = 0; s < rows.length; s++) {
      all[s + 1] = updated(all[s], s);
    }
    return new Trajectory() {
      @Override
      public long first() {
        return 0;
      }

      @Override
      public long end() {
        return rows.length;
      }

      @Override
      public void parameters(long step, double[] into) {
        System.arraycopy(all[(int) step], 0, into, 0, into.length);
      }

      @Override
      public int[] rows(long step) {
        return rows[(int) step];
      }

      @Override
      public double learningRate(long step) {
        return rates[(int) step];
      }
    };
  }

  double[] updated(double[] w, int step) {
    double[] gradient = gradient(w, rows[step]);
    double[] next = w.clone();
    for (int j = 0; j < w.length; j++) {
      next[j] -= rates[step] * gradient[j];
    }
    return next;
  }

  /** Gradient of the mean loss of a batch with its L2 term. */
  public double[] gradient(double[] w, int[] batch) {
    double[] gradient = new double[w.length];
    for (int row : batch) {
      addGradient(w, row, 1.0 / batch.length, gradient);
    }
    int at = 0;
    for (int l = 1; l < sizes.length; l++) {
      for (int j = 0; j < sizes[l - 1] * sizes[l]; j++) {
        gradient[at + j] += decay * w[at + j];
      }
      at += (sizes[l - 1] + 1) * sizes[l];
    }
    return gradient;
  }

  private void addGradient(double[] w, int row, double factor, double[] into) {
    double[][] values = forward(w, row);
    int last = sizes.length - 1;
    double[] delta = new double[sizes[last]];
    double[] out = probabilities(values[last]);
    for (int o = 0; o < delta.length; o++) {
      delta[o] = (out[o] - (o == labels[row] ? 1 : 0)) * factor / (sigmoid ? delta.length : 1);
    }
    int end = w.length;
    for (int l = last; l > 0; l--) {
      int in = sizes[l - 1];
      int from = end - (in + 1) * sizes[l];
      double[] before = new double[in];
      for (int o = 0; o < sizes[l]; o++) {
        into[from + in * sizes[l] + o] += delta[o];
        for (int i = 0; i < in; i++) {
          into[from + o * in + i] += delta[o] * values[l - 1][i];
          before[i] += values[l - 1][i] > 0 ? delta[o] * w[from + o * in + i] : 0;
        }
      }
      delta = before;
      end = from;
    }
  }

  /** By layer: the inputs, the rectified hidden units, the logits. */
  private double[][] forward(double[] w, int row) {
    double[][] values = new double[sizes.length][];
    values[0] = inputs[row];
    int from = 0;
    for (int l = 1; l < sizes.length; l++) {
      int in = sizes[l - 1];
      values[l] = new double[sizes[l]];
      for (int o = 0; o < sizes[l]; o++) {
        double sum = w[from + in * sizes[l] + o];
        for (int i = 0; i < in; i++) {
          sum += w[from + o * in + i] * values[l - 1][i];
        }
        values[l][o] = l < sizes.length - 1 ? Math.max(0, sum) : sum;
      }
      from += (in + 1) * sizes[l];
    }
    return values;
  }

  private double[] probabilities(double[] logits) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int o = 0; o < p.length; o++) {
      p[o] = sigmoid ? 1 / (1 + Math.exp(-logits[o])) : Math.exp(logits[o]);
      sum += p[o];
    }
    for (int o = 0; o < p.length; o++) {
      p[o] /= sigmoid ? 1 : sum;
    }
    return p;
  }

  double loss(double[] w, int row) {
    double[] p = probabilities(forward(w, row)[sizes.length - 1]);
    if (!sigmoid) {
      return -Math.log(p[labels[row]]);
    }
    double loss = 0;
    for (int o = 0; o < p.length; o++) {
      loss -= Math.log(o == labels[row] ? p[o] : 1 - p[o]) / p.length;
    }
    return loss;
  }

  /**
   * Trains with one input changed.
   *
   * @param from updates that are done before the change
   * @param to updates done in all
   * @param over whose mean loss, taken of the unchanged inputs
   * @return terms of each class, whose sum is the mean loss
   */
  double[] termsAfter(int row, int input, double change, int from, int to, int[] over) {
    double kept = inputs[row][input];
    double[] w = initial;
    for (int s = 0; s < to; s++) {
      inputs[row][input] = s < from ? kept : kept + change;
      w = updated(w, s);
    }
    inputs[row][input] = kept;
    double[] terms = new double[sizes[sizes.length - 1]];
    for (int r : over) {
      terms[labels[r]] += loss(w, r) / over.length;
    }
    return terms;
  }

  /** Central differences of {@link #termsAfter} by every input: [class][input]. */
  double[][] derivatives(int row, int from, int to, int[] over) {
    double[][] derivatives = new double[sizes[sizes.length - 1]][sizes[0]];
    double h = 1e-5;
    for (int d = 0; d < sizes[0]; d++) {
      double[] above = termsAfter(row, d, h, from, to, over);
      double[] below = termsAfter(row, d, -h, from, to, over);
      for (int i = 0; i < above.length; i++) {
        derivatives[i][d] = (above[i] - below[i]) / (2 * h);
      }
    }
    return derivatives;
  }
}
