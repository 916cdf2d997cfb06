package io.engram.trainer.experiment.paper;

import io.engram.events.RunFinished;
import io.engram.trainer.training.EventSink;

/** Trains runs, several at once if it is called from several threads. */
public interface CellTrainer {
  /**
   * Trains a run to its end, or on from its last checkpoint.
   *
   * @param goOn whether there is one that may be gone on from; otherwise what is left of the run is
   *     removed first
   * @param observer sees every event
   * @return how it ended
   */
  RunFinished train(Cell cell, boolean goOn, EventSink observer);
}
