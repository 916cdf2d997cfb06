package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.events.RunId;

/**
 * The bytes of one run's state: made where the run is owned (in memory, no waiting), written by
 * {@link SnapshotStore} on a thread that may wait for the disk.
 */
public final class SavedRun {
  /** Copies the run's state; to be called by the owner of the run. */
  public static SavedRun of(RunAggregate run) {
    throw new UnsupportedOperationException();
  }

  /** The run. */
  public RunId run() {
    throw new UnsupportedOperationException();
  }
}
