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

  /**
   * How many of the wrong classes are less probable than the label, at most: of a label drawn
   * uniformly from the C - 1 wrong classes it is stochastically no larger than uniform on 0 … C -
   * 2, because ties count as more probable, and where it is not known whether the excluded class is
   * more probable, it is taken for less so. Only for labels that have a rank.
   */
  static int below(PredictionsMonitored event, int row, int label, int excluded) {
    int classes = event.classes();
    if (event.top().length > 0) {
      return Math.max(0, belowOfTop(event, row, excluded));
    }
    int below = 0;
    float own = event.probabilities()[row * classes + label];
    for (int c = 0; c < classes; c++) {
      boolean wrong = c != label && c != excluded;
      below += wrong && event.probabilities()[row * classes + c] < own ? 1 : 0;
    }
    return below;
  }

  private static int belowOfTop(PredictionsMonitored event, int row, int excluded) {
    int notAbove = event.classes() - event.givenRank()[row];
    for (int k = 0; k < PredictionsMonitored.TOP; k++) {
      int i = row * PredictionsMonitored.TOP + k;
      if (event.top()[i] == excluded && event.probabilities()[i] >= event.givenProbability()[row]) {
        return notAbove;
      }
    }
    return notAbove - 1;
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
