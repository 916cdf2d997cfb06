package io.engram.events.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from an index on, while it grows. Segments that are trimmed meanwhile are passed
 * over. For one thread.
 */
public final class LogReader implements Closeable {
  private final SegmentLog log;
  private long from;
  private @Nullable Segment segment;
  private @Nullable SegmentScan scan;
  private long lost;

  LogReader(SegmentLog log, long from) {
    this.log = log;
    this.from = from;
  }

  /**
   * The next record, or null where there is none yet.
   *
   * @throws IOException if the disk cannot be read
   */
  public @Nullable LogRecord next() throws IOException {
    while (true) {
      Map.Entry<Segment, Long> place = log.segmentOf(from);
      if (place == null) {
        return null;
      }
      if (place.getKey() != segment) {
        moveTo(place.getKey());
      }
      SegmentScan current = scan;
      LogRecord read = current == null ? null : current.next(place.getValue());
      if (read != null) {
        if (read.index() < from) {
          continue;
        }
        passTo(read.index());
        from++;
        return read;
      }
      passTo(current == null ? from : current.expected());
      long next = log.segmentAfter(place.getKey());
      if (next < 0) {
        return null;
      }
      passTo(next);
    }
  }

  /** Index of the next record that will be returned, at least. */
  public long index() {
    return from;
  }

  /** Records that were passed over because they are damaged or trimmed. */
  public long lost() {
    return lost;
  }

  /** Goes on at an index that is not before {@link #index()}. */
  public void skipTo(long index) {
    from = Math.max(from, index);
  }

  @Override
  public void close() throws IOException {
    if (scan != null) {
      scan.close();
      scan = null;
      segment = null;
    }
  }

  private void moveTo(Segment to) throws IOException {
    close();
    scan = new SegmentScan(to.path, to.firstIndex);
    segment = to;
    passTo(to.firstIndex);
  }

  private void passTo(long index) {
    lost += Math.max(0, index - from);
    from = Math.max(from, index);
  }
}
