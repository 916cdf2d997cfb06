package io.engram.trainer.experiment.easyhard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which examples were classified as their given label, run by run. */
final class Successes {
  private final int[] labels;
  private final int[] counts;
  private final List<BitSet> runs = new ArrayList<>();

  /**
   * @param labels given label of each example
   */
  Successes(int[] labels) {
    this.labels = labels.clone();
    counts = new int[labels.length];
  }

  /** Adds a run. */
  void add(int[] predicted) {
    BitSet right = new BitSet(labels.length);
    for (int i = 0; i < labels.length; i++) {
      if (predicted[i] == labels[i]) {
        right.set(i);
        counts[i]++;
      }
    }
    runs.add(right);
  }

  int examples() {
    return labels.length;
  }

  int runs() {
    return runs.size();
  }

  /** Whether an example was right in a run. */
  boolean right(int run, int example) {
    return runs.get(run).get(example);
  }

  int[] labels() {
    return labels.clone();
  }

  /** Runs in which each example was right. */
  int[] counts() {
    return counts.clone();
  }
}
