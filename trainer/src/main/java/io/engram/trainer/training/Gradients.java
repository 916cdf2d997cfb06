package io.engram.trainer.training;

/** One forward and one backward pass in training mode. */
interface Gradients extends AutoCloseable {
  /**
   * Leaves the gradient of the batch's summed loss in the network's gradient array.
   *
   * @param meter takes what the pass shows of single examples
   */
  void compute(Batch batch, Meter meter);

  @Override
  void close();
}
