package io.engram.trainer.svalidation;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.ImageShape;

/**
 * Perturbed copies of training examples, with the same rows, ids and labels. Inputs are made when
 * they are copied, always the same ones. Immutable and safe to share between threads.
 *
 * @param training the examples
 * @param perturbation what is done to their inputs
 * @param seed the run's
 */
public record SValidationSet(ExampleSet training, Perturbation perturbation, long seed) {
  /** Number of examples. */
  public int size() {
    return training.size();
  }

  /** Extent of every input. */
  public ImageShape shape() {
    return training.shape();
  }

  /** Writes the perturbed input of a row: {@code shape().size()} values, channel-major. */
  public void copyInput(int row, float[] into, int offset) {
    training.copyInput(row, into, offset);
    perturbation.apply(into, offset, shape(), seed, training.id(row));
  }
}
