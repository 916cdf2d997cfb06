package io.engram.collector.store;

import io.engram.events.log.LogReader;
import io.engram.events.log.LogRecord;
import io.engram.events.log.SegmentLog;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a journal record by record; what is damaged is passed over and counted. */
public final class JournalReader implements Closeable {
  private final LogReader reader;
  private long unreadable;

  JournalReader(SegmentLog log, long from) {
    this.reader = log.read(from);
  }

  /** The next record, or null at the end. */
  public @Nullable JournalRecord next() throws IOException {
    for (LogRecord read = reader.next(); read != null; read = reader.next()) {
      try {
        return JournalRecord.read(read.index(), read.payload());
      } catch (IllegalArgumentException e) {
        unreadable++;
      }
    }
    return null;
  }

  /** Records that were passed over so far. */
  public long lost() {
    return reader.lost() + unreadable;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
