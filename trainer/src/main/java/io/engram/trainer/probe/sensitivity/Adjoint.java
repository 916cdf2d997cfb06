package io.engram.trainer.probe.sensitivity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The derivatives of one loss, or of the terms of its classes, on their way back. */
final class Adjoint {
  private final Perceptron network;
  private final long begin;
  private final long end;
  private final double[][] byParameter;
  private final double[][] byInput;
  private final boolean[] used;
  private long step;
  private long divergedAt;

  /**
   * @param tracked number of examples by whose inputs it is differentiated
   * @param terms number of terms
   * @param begin updates before the first to go back through
   * @param end updates completed where the loss is taken
   */
  Adjoint(Perceptron network, int tracked, int terms, long begin, long end) {
    this.network = network;
    this.begin = begin;
    this.end = end;
    byParameter = new double[terms][network.parameters()];
    byInput = new double[terms][Math.multiplyExact(tracked, network.inputs())];
    used = new boolean[tracked];
    step = end;
  }

  long begin() {
    return begin;
  }

  long end() {
    return end;
  }

  /** Whether it goes back through the update that follows so many. */
  boolean reaches(long update) {
    return update >= begin && update < end && divergedAt == 0;
  }

  void start(LossGradients losses, double[] parameters) {
    losses.compute(parameters, byParameter);
    check();
  }

  /**
   * @param places of the pass's examples among the tracked ones, negative for those that are not
   */
  void back(ReverseStep reverse, BatchPass pass, double[] parameters, double rate, int[] places) {
    int[] at = new int[places.length];
    for (int b = 0; b < at.length; b++) {
      at[b] = places[b] < 0 ? -1 : places[b] * network.inputs();
      if (places[b] >= 0) {
        used[places[b]] = true;
      }
    }
    for (int term = 0; term < byParameter.length; term++) {
      reverse.run(pass, parameters, rate, byParameter[term], byInput[term], at);
    }
    step--;
    check();
  }

  private void check() {
    for (double[] term : byParameter) {
      double squares = 0;
      for (double value : term) {
        squares += value * value;
      }
      if (!(squares <= Unroll.DIVERGED * Unroll.DIVERGED)) {
        divergedAt = Math.max(1, end - step);
      }
    }
  }

  /**
   * @param labels of the tracked examples
   */
  Sensitivity result(int[] labels) {
    int width = network.inputs();
    double[] byExample = new double[used.length];
    for (int i = 0; i < byExample.length; i++) {
      for (int d = i * width; d < (i + 1) * width; d++) {
        double sum = 0;
        for (double[] term : byInput) {
          sum += term[d];
        }
        byExample[i] += Math.abs(sum);
      }
    }
    return new Sensitivity(
        end, end - begin, byExample, used.clone(), classMatrix(labels), divergedAt);
  }

  private double @Nullable [][] classMatrix(int[] labels) {
    if (byInput.length == 1) {
      return null;
    }
    int width = network.inputs();
    double[][] matrix = new double[byInput.length][byInput.length];
    int[] counts = new int[byInput.length];
    Arrays.stream(labels).forEach(label -> counts[label]++);
    for (int i = 0; i < labels.length; i++) {
      for (int term = 0; term < byInput.length; term++) {
        for (int d = i * width; d < (i + 1) * width; d++) {
          matrix[term][labels[i]] += Math.abs(byInput[term][d]);
        }
      }
    }
    for (double[] row : matrix) {
      for (int label = 0; label < row.length; label++) {
        row[label] /= (double) counts[label] * width;
      }
    }
    return matrix;
  }
}
