package io.engram.trainer.training;

/**
 * Looks at a run between its steps. Every method is called on the run's thread, and what it takes
 * is training time; measurements that take long are made elsewhere and their events emitted at a
 * later call.
 */
public interface LoopListener extends AutoCloseable {
  /**
   * A step is about to be made.
   *
   * @param rows rows of {@link io.engram.trainer.dataset.RunData#trained()} that make up its
   *     mini-batch, in their order
   */
  void beforeStep(TrainingState state, int[] rows);

  /**
   * So many updates are done: called once for each number of them, 0 included, and at the end of an
   * epoch after its evaluation.
   */
  void atBoundary(TrainingState state);

  /**
   * All epochs are done. Waits a moment for what is still being measured, and is called again until
   * it is through.
   *
   * @return whether there was something to wait for
   */
  boolean settle();

  /** Gives up what is still being measured. */
  @Override
  void close();
}
