package io.engram.trainer.publish;

import io.engram.events.RunId;
import io.engram.events.Shard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The collectors that the runs of this process speak to. Any thread may ask. */
public final class Shards {
  private final Set<Shard> found = ConcurrentHashMap.newKeySet();

  /**
   * A run's shard: the one that is noted in a folder, or one of those that are there when the run
   * begins to speak, which is noted then.
   *
   * @param dir of the run, which outlives this process
   * @throws UncheckedIOException if the note cannot be read, or names no shard
   */
  public Destination destination(RunId run, Path dir) {
    ShardNote note = new ShardNote(dir);
    try {
      Optional<Shard> noted = note.read();
      return new ShardFinder(run, note, noted, found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Shards that runs are with. */
  public Set<Shard> found() {
    return Set.copyOf(found);
  }
}
