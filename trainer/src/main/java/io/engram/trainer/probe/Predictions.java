package io.engram.trainer.probe;

import io.engram.events.ExampleRole;
import io.engram.events.PredictionsMonitored;
import io.engram.trainer.training.Outputs;

/** Probabilities of examples as {@link PredictionsMonitored} wants them. */
final class Predictions {
  private final Outputs outputs;
  private final int classes;
  private final boolean all;
  private final int[] top;
  private final float[] probabilities;
  private final float[] givenProbability;
  private final int[] givenRank;
  private final float[] row;

  Predictions(Outputs outputs, int examples) {
    this.outputs = outputs;
    classes = outputs.classes();
    all = classes <= PredictionsMonitored.ALL_CLASSES;
    top = new int[all ? 0 : examples * PredictionsMonitored.TOP];
    probabilities = new float[examples * (all ? classes : PredictionsMonitored.TOP)];
    givenProbability = new float[all ? 0 : examples];
    givenRank = new int[all ? 0 : examples];
    row = new float[all ? 0 : classes];
  }

  /**
   * Takes in one example.
   *
   * @param logits of several examples, row by row
   * @param at whose turn it is among them
   * @param given its label
   */
  void set(int example, float[] logits, int at, int given) {
    if (all) {
      outputs.probabilities(logits, at, probabilities, example * classes);
      return;
    }
    outputs.probabilities(logits, at, row, 0);
    givenProbability[example] = row[given];
    givenRank[example] = rank(given);
    for (int k = 0; k < PredictionsMonitored.TOP; k++) {
      int best = mostProbable();
      top[example * PredictionsMonitored.TOP + k] = best;
      probabilities[example * PredictionsMonitored.TOP + k] = row[best];
      row[best] = Float.NEGATIVE_INFINITY;
    }
  }

  private int rank(int given) {
    int rank = 1;
    for (int k = 0; k < classes; k++) {
      rank += k != given && row[k] >= row[given] ? 1 : 0;
    }
    return rank;
  }

  /** The lowest index among equals; among those that are not numbers the lowest, too. */
  private int mostProbable() {
    int best = -1;
    for (int k = 0; k < classes; k++) {
      boolean left = row[k] != Float.NEGATIVE_INFINITY;
      if (left && (best < 0 || row[k] > row[best])) {
        best = k;
      }
    }
    return best;
  }

  PredictionsMonitored event(ExampleRole role, boolean completesLook, int[] ids) {
    return new PredictionsMonitored(
        role, completesLook, classes, ids, top, probabilities, givenProbability, givenRank);
  }
}
