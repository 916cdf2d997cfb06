package io.engram.collector;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.wire.EventParcel;
import io.engram.events.wire.WireFormatV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a trainer with a spool sends, and what a crash leaves. */
public final class Parcels {
  private Parcels() {}

  /** The events of a batch, nothing dropped before them and nothing acknowledged yet. */
  static EventParcel of(EventBatch batch) {
    List<EventEnvelope> envelopes = batch.envelopes();
    EventEnvelope first = envelopes.get(0);
    return new EventParcel(
        first.run(),
        first.incarnation(),
        first.sequence() - 1,
        -1,
        envelopes.get(envelopes.size() - 1).sequence(),
        envelopes.size(),
        WireFormatV1.encode(envelopes));
  }

  /** What is on the disk at this moment, as a process that is killed now would leave it. */
  public static Path afterAKill(Path dir, Path copy) {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(dir.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
