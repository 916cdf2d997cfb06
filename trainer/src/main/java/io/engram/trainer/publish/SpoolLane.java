package io.engram.trainer.publish;

import io.engram.events.delivery.SpoolPlace;
import io.engram.events.log.LogOptions;
import io.engram.events.log.LogReader;
import io.engram.events.log.LogRecord;
import io.engram.events.log.SegmentLog;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One of the two logs of a spool, with what of it is to be sent next. */
final class SpoolLane {
  final SegmentLog log;
  private final LogReader reader;
  private @Nullable SpoolRecord next;
  private volatile long forced;

  SpoolLane(Path dir, LogOptions options) throws IOException {
    log = SegmentLog.open(dir, options);
    reader = log.read(0);
  }

  /** Where a record is to stand that is appended now. */
  SpoolPlace nextPlace(SpoolLane other) {
    return new SpoolPlace(log.nextIndex(), other.log.nextIndex(), forced);
  }

  /** Everything that was appended before the record of this index, to either lane, is on disk. */
  void forcedUpTo(long index) {
    forced = Math.max(forced, index);
  }

  /** Cuts off what follows; says how many records that were. */
  long cutAt(long index) throws IOException {
    long cut = Math.max(0, log.nextIndex() - index);
    log.rewind(index);
    return cut;
  }

  /** The next event that is to be sent, or null. */
  @Nullable SpoolRecord peek() throws IOException {
    while (next == null) {
      LogRecord read = reader.next();
      if (read == null) {
        return null;
      }
      SpoolRecord record = SpoolRecord.read(read);
      if (record.isEvent()) {
        next = record;
      }
    }
    return next;
  }

  void take() {
    next = null;
  }

  /** Index up to which everything was taken. */
  long taken() {
    SpoolRecord peeked = next;
    return peeked == null ? reader.index() : peeked.place().index();
  }

  /**
   * Removes the oldest segment.
   *
   * @return how many of its events had not been taken
   */
  long evict() throws IOException {
    if (log.endOfOldestSegment() == log.nextIndex()) {
      log.roll();
    }
    long end = log.endOfOldestSegment();
    long lost = Math.max(0, end - Math.max(taken(), log.firstIndex()));
    log.trimBefore(end);
    SpoolRecord peeked = next;
    if (peeked != null && peeked.place().index() < end) {
      next = null;
    }
    reader.skipTo(end);
    return lost;
  }

  void close() throws IOException {
    reader.close();
    log.close();
  }
}
