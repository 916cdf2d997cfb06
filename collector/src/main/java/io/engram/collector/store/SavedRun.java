package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.watch.RunWatch;
import io.engram.events.RunId;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The bytes of one run's state: made where the run is owned (in memory, no waiting), written by
 * {@link SnapshotStore} on a thread that may wait for the disk.
 */
public final class SavedRun {
  private final RunId run;
  private final StateBytes bytes = new StateBytes();

  private SavedRun(RunId run) {
    this.run = run;
  }

  /** Copies the state of a run and its detectors; to be called by the owner of the run. */
  public static SavedRun of(RunAggregate run, RunWatch watch) {
    SavedRun saved = new SavedRun(run.run());
    try (DataOutputStream out = new DataOutputStream(saved.bytes)) {
      run.save(out);
      watch.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return saved;
  }

  /** The run. */
  public RunId run() {
    return run;
  }

  StateBytes bytes() {
    return bytes;
  }
}
