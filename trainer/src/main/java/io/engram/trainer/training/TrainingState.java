package io.engram.trainer.training;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A run as it stands between two steps. Valid during the call that it is handed to, on the run's
 * thread.
 */
public interface TrainingState {
  /** Passes over the training set completed. */
  int epoch();

  /** Updates completed. */
  long step();

  /** All parameters as one row, in the network's order; the next step changes them in place. */
  INDArray parameters();

  /** A copy of {@link #parameters()}, made at the first call and shared by all who ask. */
  ParameterSnapshot snapshot();
}
