package io.engram.trainer.training;

/** Turns the gradient of a batch's summed loss into new parameters, and measures both. */
interface Update {
  /**
   * Updates the network's parameters and counts the iteration.
   *
   * @param examples of the batch
   */
  void apply(int examples, Meter meter);
}
