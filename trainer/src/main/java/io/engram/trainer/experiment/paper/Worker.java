package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.Progress;

/** Runs tasks of a folder, one at a time. */
public interface Worker {
  /**
   * Runs a task to its end, or as far as it gets, and keeps what it showed.
   *
   * @param task its name
   * @param progress hears where it is, and why it did not end
   * @return whether it was free; false where another process is at it
   */
  boolean run(String task, Progress progress);
}
