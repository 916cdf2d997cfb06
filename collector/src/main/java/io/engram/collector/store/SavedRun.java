package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.watch.RunWatch;
import io.engram.events.RunId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The bytes of one run's state: made where the run is owned (in memory, no waiting), written by
 * {@link SnapshotStore} on a thread that may wait for the disk.
 */
public final class SavedRun {
  private final RunId run;
  private final JournalPlace place;
  private final StateBytes bytes = new StateBytes();

  private SavedRun(RunId run, JournalPlace place) {
    this.run = run;
    this.place = place;
  }

  /** Copies the state of a run and its detectors, where there is no journal. */
  public static SavedRun of(RunAggregate run, RunWatch watch) {
    return of(run, watch, JournalPlace.NONE);
  }

  /**
   * Copies the state of a run and its detectors; to be called by the owner of the run.
   *
   * @param place up to where of the journal this goes
   */
  public static SavedRun of(RunAggregate run, RunWatch watch, JournalPlace place) {
    SavedRun saved = new SavedRun(run.run(), place);
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

  JournalPlace place() {
    return place;
  }

  /** The copy as a run of its own. */
  SnapshotStore.RestoredRun restore() throws IOException {
    try (DataInputStream in = new DataInputStream(bytes.read())) {
      return new SnapshotStore.RestoredRun(RunAggregate.restore(in), RunWatch.restore(in), place);
    }
  }

  StateBytes bytes() {
    return bytes;
  }
}
