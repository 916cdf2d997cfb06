package io.engram.trainer.probe.sensitivity;

import io.engram.trainer.dataset.ExampleSet;

/** What a network is trained on, by row. */
public interface TrainingRows {
  /** Number of rows. */
  int size();

  /** The label that is trained on. */
  int label(int row);

  /** Writes the inputs of a row as the network sees them. */
  void copyInput(int row, float[] into, int offset);

  /** A data set with the labels given to it. */
  static TrainingRows of(ExampleSet set) {
    return new TrainingRows() {
      @Override
      public int size() {
        return set.size();
      }

      @Override
      public int label(int row) {
        return set.givenLabel(row);
      }

      @Override
      public void copyInput(int row, float[] into, int offset) {
        set.copyInput(row, into, offset);
      }
    };
  }
}
