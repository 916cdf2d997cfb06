package io.engram.trainer.training;

import io.engram.trainer.dataset.ExampleSet;
import java.util.Arrays;
import java.util.Random;

/**
 * The order of the examples trained on in one epoch: a permutation fixed by (seed, epoch), so that
 * it need not be saved.
 */
final class EpochOrder {
  private final ExampleSet examples;
  private final int[] rows;
  private final int batch;

  EpochOrder(ExampleSet examples, int batch, long seed, int epoch) {
    this.examples = examples;
    this.batch = batch;
    rows = new int[examples.size()];
    Random random = new Random(Seeds.mix(seed, Seeds.ORDER, epoch));
    for (int i = 0; i < rows.length; i++) {
      int j = random.nextInt(i + 1);
      rows[i] = rows[j];
      rows[j] = i;
    }
  }

  /** Rows of a step of the epoch, 0 first; the last may have fewer. */
  int[] rows(int step) {
    int from = step * batch;
    return Arrays.copyOfRange(rows, from, Math.min(from + batch, rows.length));
  }

  /** The examples at these rows. */
  Batch batch(int[] at) {
    int size = examples.shape().size();
    float[] inputs = new float[at.length * size];
    int[] labels = new int[at.length];
    for (int i = 0; i < at.length; i++) {
      examples.copyInput(at[i], inputs, i * size);
      labels[i] = examples.givenLabel(at[i]);
    }
    return new Batch(inputs, labels);
  }
}
