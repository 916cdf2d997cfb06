package io.engram.collector.store;

import io.engram.events.log.LogOptions;
import io.engram.events.log.SegmentLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What could not be read or applied, as it came, for whoever wants to know why: a log of its own,
 * of which the oldest goes when it has grown to 64 MiB. For one thread.
 */
public final class Quarantine implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;

  private final SegmentLog log;

  public Quarantine(Path dir) throws IOException {
    log = SegmentLog.open(dir, LogOptions.DEFAULTS);
  }

  /** Keeps bytes. */
  public void add(ByteBuffer bytes) throws IOException {
    while (log.bytes() > MOST_BYTES) {
      log.roll();
      log.trimBefore(log.endOfOldestSegment());
    }
    log.append(bytes);
  }

  /** What it holds, in bytes. */
  public long bytes() {
    return log.bytes();
  }

  @Override
  public void close() {
    log.close();
  }
}
