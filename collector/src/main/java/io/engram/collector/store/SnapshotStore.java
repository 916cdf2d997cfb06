package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One file for each run, replaced as a whole: a crash leaves the old or the new one. Blocks on the
 * disk; may be used by one thread at a time, whichever.
 */
public final class SnapshotStore {
  private final Path dir;

  /**
   * @param dir where the files are; created when needed
   */
  public SnapshotStore(Path dir) {
    this.dir = dir;
  }

  /** Writes a run's file and waits until it is on the disk. */
  public void write(SavedRun saved) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes a run's file to the folder {@code retired}, from which nothing is restored. */
  public void retire(SavedRun saved) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads all runs. A file that is damaged or was written by another version is renamed, so that
   * nothing overwrites it, and told in {@link Restored#problems()}.
   *
   * @throws IOException if the directory cannot be read or created
   */
  public Restored restore() throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * @param runs the runs that could be read
   * @param problems one line for each file that could not
   */
  public record Restored(List<RunAggregate> runs, List<String> problems) {}
}
