package io.engram.trainer.probe.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients by the parameters of the mean loss over some examples: of all of it, or of the terms of
 * each class, L(i) = 1/N · Σ over examples of label i, whose sum is the whole.
 */
final class LossGradients {
  private static final int CHUNK = 100;

  private final List<int[]> terms;
  private final int examples;
  private final BatchPass pass;

  /**
   * @param rows the N examples
   * @param byClass whether a term for each class rather than one for all
   */
  LossGradients(Perceptron network, TrainingRows examples, int[] rows, boolean byClass) {
    this.examples = rows.length;
    pass = new BatchPass(network, examples, CHUNK);
    terms = new ArrayList<>();
    if (byClass) {
      for (int label = 0; label < network.outputs(); label++) {
        int wanted = label;
        terms.add(Arrays.stream(rows).filter(row -> examples.label(row) == wanted).toArray());
      }
    } else {
      terms.add(rows);
    }
  }

  /** Number of terms. */
  int size() {
    return terms.size();
  }

  /** Gradients of all terms. */
  void compute(double[] parameters, double[][] into) {
    for (int term = 0; term < terms.size(); term++) {
      int[] rows = terms.get(term);
      Arrays.fill(into[term], 0);
      for (int from = 0; from < rows.length; from += CHUNK) {
        int to = Math.min(from + CHUNK, rows.length);
        pass.run(parameters, Arrays.copyOfRange(rows, from, to), 1.0 / examples);
        pass.addGradient(into[term]);
      }
    }
  }
}
