package io.engram.trainer.experiment.mislabel;

import io.engram.trainer.experiment.Trainee;
import java.util.Random;
import java.util.stream.IntStream;

/** Splits rows into parts, each of which is predicted by a network trained on the others. */
final class CrossValidation {
  private final int[] order;
  private final int folds;

  /**
   * @param size number of rows
   * @param folds number of parts, at least 2 and at most the rows
   */
  CrossValidation(int size, int folds, long seed) {
    this.folds = folds;
    order = IntStream.range(0, size).toArray();
    Trainee.shuffle(order, new Random(seed));
  }

  /** Rows of a part; sizes differ by at most one. */
  int[] heldOut(int fold) {
    return IntStream.range(0, order.length)
        .filter(i -> i % folds == fold)
        .map(i -> order[i])
        .toArray();
  }

  /** Rows of all other parts. */
  int[] trained(int fold) {
    return IntStream.range(0, order.length)
        .filter(i -> i % folds != fold)
        .map(i -> order[i])
        .toArray();
  }
}
