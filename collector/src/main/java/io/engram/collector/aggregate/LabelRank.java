package io.engram.collector.aggregate;

import io.engram.events.PredictionsMonitored;

/**
 * Where a label stands among the wrong classes, all but one that is excluded: 0 for the least
 * probable of them, 1 for the most probable, ties counting half. With two classes there is but one
 * wrong class and no rank.
 */
final class LabelRank {
  private LabelRank() {}

  /** The variance of the rank of a label that is drawn uniformly from the wrong classes. */
  static double variance(int classes) {
    double wrong = classes - 1.0;
    return (wrong * wrong - 1) / (12 * (wrong - 1) * (wrong - 1));
  }

  /** The rank in one row of an event, or NaN if there is none. */
  static double of(PredictionsMonitored event, int row, int label, int excluded) {
    int classes = event.classes();
    if (classes < 3
        || label < 0
        || label >= classes
        || excluded < 0
        || excluded >= classes
        || label == excluded) {
      return Double.NaN;
    }
    return event.top().length == 0
        ? ofAll(event.probabilities(), row * classes, classes, label, excluded)
        : ofTop(event, row, excluded);
  }

  private static double ofAll(
      float[] probabilities, int from, int classes, int label, int excluded) {
    double below = 0;
    float own = probabilities[from + label];
    for (int c = 0; c < classes; c++) {
      if (c != label && c != excluded) {
        float other = probabilities[from + c];
        below += other < own ? 1 : other == own ? 0.5 : 0;
      }
    }
    return below / (classes - 2);
  }

  /**
   * From the rank among all classes. Classes as probable as the label count as more probable. If
   * neither the label nor the excluded class is among those told, it is not known which is more
   * probable, which counts half.
   */
  private static double ofTop(PredictionsMonitored event, int row, int excluded) {
    int rank = event.givenRank()[row];
    float own = event.givenProbability()[row];
    if (rank < 1 || rank > event.classes()) {
      return Double.NaN;
    }
    double excludedAbove = rank <= PredictionsMonitored.TOP ? 0 : 0.5;
    for (int k = 0; k < PredictionsMonitored.TOP; k++) {
      int i = row * PredictionsMonitored.TOP + k;
      if (event.top()[i] == excluded) {
        excludedAbove = event.probabilities()[i] >= own ? 1 : 0;
      }
    }
    double above = Math.max(0, Math.min(rank - 1 - excludedAbove, event.classes() - 2.0));
    return 1 - above / (event.classes() - 2);
  }
}
