package io.engram.trainer.training;

import io.engram.events.TrainingEvent;

/** Where a training loop leaves its events. Returns at once and never fails. */
public interface EventSink {
  /**
   * @param epoch passes over the training set completed
   * @param step updates completed before what is reported
   * @param event what happened
   */
  void emit(int epoch, long step, TrainingEvent event);

  /**
   * Waits, for a limited time, until what was emitted outlives this process; at once where nothing
   * does.
   */
  default void commit() {}
}
