package io.engram.trainer.probe.sensitivity;

/**
 * A stretch of plain stochastic gradient descent: parameters before and after each of its updates,
 * and what each was made of. Steps are counted as in the run, so that the first need not be 0.
 */
public interface Trajectory {
  /** Updates that came before the first one that is known. */
  long first();

  /** Updates completed at its end. */
  long end();

  /**
   * Reads parameters.
   *
   * @param step updates completed, {@code first()} to {@code end()}
   * @throws java.io.UncheckedIOException if they cannot be read
   */
  void parameters(long step, double[] into);

  /** Training rows of the update that follows so many, {@code first()} to {@code end() - 1}. */
  int[] rows(long step);

  /** Learning rate of that update. */
  double learningRate(long step);
}
