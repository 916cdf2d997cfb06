package io.engram.trainer.experiment.mislabel;

/**
 * Label errors from predicted probabilities of examples that a network was not trained on
 * (Northcutt, Jiang and Chuang, "Confident Learning", JAIR 2021).
 *
 * @param selfConfidence probability of the given label, negated
 * @param normalizedMargin largest other probability minus that of the given label
 * @param flagged off the diagonal of the confident joint: some other class is at least as probable
 *     as it is on average over the examples given that class, and is the most probable of such
 */
record ConfidentLearning(float[] selfConfidence, float[] normalizedMargin, boolean[] flagged) {

  /**
   * O(examples · classes).
   *
   * @param probabilities of each class, a row an example
   * @param given labels
   */
  static ConfidentLearning of(float[][] probabilities, int[] given) {
    int n = given.length;
    double[] thresholds = thresholds(probabilities, given);
    ConfidentLearning result = new ConfidentLearning(new float[n], new float[n], new boolean[n]);
    for (int i = 0; i < n; i++) {
      float[] row = probabilities[i];
      float other = Float.NEGATIVE_INFINITY;
      int confident = -1;
      for (int k = 0; k < row.length; k++) {
        if (k != given[i]) {
          other = Math.max(other, row[k]);
        }
        if (row[k] >= thresholds[k] && (confident < 0 || row[k] > row[confident])) {
          confident = k;
        }
      }
      result.selfConfidence[i] = -row[given[i]];
      result.normalizedMargin[i] = other - row[given[i]];
      result.flagged[i] = confident >= 0 && confident != given[i];
    }
    return result;
  }

  /** Mean probability of each class over the examples given it. */
  private static double[] thresholds(float[][] probabilities, int[] given) {
    double[] sums = new double[probabilities[0].length];
    int[] counts = new int[sums.length];
    for (int i = 0; i < given.length; i++) {
      sums[given[i]] += probabilities[i][given[i]];
      counts[given[i]]++;
    }
    for (int k = 0; k < sums.length; k++) {
      sums[k] /= counts[k];
    }
    return sums;
  }

  /** Share of the flagged whose label is wrong. */
  double precision(boolean[] wrong) {
    return (double) both(wrong) / count(flagged);
  }

  /** Share of the wrong labels that are flagged. */
  double recall(boolean[] wrong) {
    return (double) both(wrong) / count(wrong);
  }

  private int both(boolean[] wrong) {
    int both = 0;
    for (int i = 0; i < wrong.length; i++) {
      both += wrong[i] && flagged[i] ? 1 : 0;
    }
    return both;
  }

  private static int count(boolean[] values) {
    int count = 0;
    for (boolean value : values) {
      count += value ? 1 : 0;
    }
    return count;
  }
}
