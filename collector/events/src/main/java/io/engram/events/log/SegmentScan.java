package io.engram.events.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the records of one file. Where no header stands it goes on at the next one; where
 * none follows the rest is a tail. Memory: one window of 256 KiB, or of the largest record.
 */
final class SegmentScan implements Closeable {
  private static final int WINDOW_BYTES = 1 << 18;

  private final FileChannel channel;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
  private long windowAt;
  private long position;
  private long limit;
  private long expected;
  private long lost;

  /**
   * @param expected index of the first record in it
   */
  SegmentScan(Path file, long expected) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.expected = expected;
  }

  /**
   * The next record that is whole.
   *
   * @param limit bytes of the file that may be read by now
   * @return null at the end; there may be more when the limit has grown
   */
  @Nullable LogRecord next(long limit) throws IOException {
    this.limit = limit;
    while (position + RecordFormat.HEADER_BYTES <= limit) {
      if (!headerStandsAt(position)) {
        long found = nextHeader();
        if (found < 0) {
          return null;
        }
        position = found;
      }
      int at = (int) (position - windowAt);
      int length = RecordFormat.length(window, at);
      long index = RecordFormat.index(window, at);
      int checksum = RecordFormat.payloadChecksum(window, at);
      long end = position + RecordFormat.HEADER_BYTES + length;
      if (end > limit) {
        return null;
      }
      ByteBuffer payload = read(position + RecordFormat.HEADER_BYTES, length);
      boolean whole = RecordFormat.crc(payload) == checksum;
      lost += Math.max(0, index - expected) + (whole ? 0 : 1);
      position = end;
      expected = index + 1;
      if (whole) {
        ByteBuffer copy = ByteBuffer.allocate(length).put(payload).flip();
        return new LogRecord(index, copy.asReadOnlyBuffer());
      }
    }
    return null;
  }

  /** Records that were damaged, by the indices that are missing. */
  long lost() {
    return lost;
  }

  /** Where the next record begins, or would. */
  long position() {
    return position;
  }

  /** Index of the next record. */
  long expected() {
    return expected;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private boolean headerStandsAt(long at) throws IOException {
    if (at + RecordFormat.HEADER_BYTES > limit) {
      return false;
    }
    read(at, RecordFormat.HEADER_BYTES);
    int offset = (int) (at - windowAt);
    return RecordFormat.isHeader(window, offset) && RecordFormat.index(window, offset) >= expected;
  }

  private long nextHeader() throws IOException {
    for (long at = position + 1; at + RecordFormat.HEADER_BYTES <= limit; at++) {
      if (headerStandsAt(at)) {
        return at;
      }
    }
    return -1;
  }

  /** A slice of the window that holds these bytes, which are known to be there. */
  private ByteBuffer read(long at, int length) throws IOException {
    if (at < windowAt || at + length > windowAt + window.limit()) {
      if (window.capacity() < length) {
        window = ByteBuffer.allocate(length);
      }
      // What lies beyond may be what is left of a write that failed, and is written over.
      window.clear().limit((int) Math.min(window.capacity(), limit - at));
      windowAt = at;
      while (window.hasRemaining()) {
        if (channel.read(window, at + window.position()) < 0) {
          break;
        }
      }
      window.flip();
      if (window.limit() < length) {
        throw new IOException("a segment became shorter while it was read");
      }
    }
    return window.slice((int) (at - windowAt), length);
  }
}
