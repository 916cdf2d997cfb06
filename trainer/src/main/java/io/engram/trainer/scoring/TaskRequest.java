package io.engram.trainer.scoring;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a task that was taken.
 *
 * @param task its number
 * @param offset bytes of the task's values that were sent before; 0 unless it is a chunk
 * @param bytes the next of them, empty unless it is a chunk
 */
record TaskRequest(Kind kind, long task, long offset, byte[] bytes) {
  /** Most bytes of a chunk. */
  static final int MOST_BYTES = 1 << 20;

  enum Kind {
    /** Answered with an empty message once taken. */
    CHUNK,
    /** Answered with {@link ScoresFormat} where there are scores, soon with an empty message. */
    AWAIT,
    /** Answered with an empty message, as if there had been no such task. */
    CANCEL
  }

  static TaskRequest chunk(long task, long offset, byte[] bytes) {
    return new TaskRequest(Kind.CHUNK, task, offset, bytes);
  }

  static TaskRequest await(long task) {
    return new TaskRequest(Kind.AWAIT, task, 0, new byte[0]);
  }

  static TaskRequest cancel(long task) {
    return new TaskRequest(Kind.CANCEL, task, 0, new byte[0]);
  }

  Buffer encode() {
    return Format.begin()
        .appendByte((byte) kind.ordinal())
        .appendLongLE(task)
        .appendLongLE(offset)
        .appendIntLE(checksum(bytes))
        .appendBytes(bytes);
  }

  static TaskRequest decode(@Nullable Object message) {
    return Format.read(message, TaskRequest::read);
  }

  private static TaskRequest read(ByteBuffer from) {
    int kind = from.get();
    if (kind < 0 || kind >= Kind.values().length) {
      throw Format.malformed("there is no request of kind %d".formatted(kind));
    }
    long task = from.getLong();
    long offset = from.getLong();
    int checksum = from.getInt();
    if (from.remaining() > MOST_BYTES || from.remaining() % Float.BYTES != 0) {
      throw Format.malformed(
          "chunk is %d bytes, must be a multiple of %d and at most %d"
              .formatted(from.remaining(), Float.BYTES, MOST_BYTES));
    }
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    if (checksum(bytes) != checksum) {
      throw Format.malformed("the bytes at %d are damaged".formatted(offset));
    }
    return new TaskRequest(Kind.values()[kind], task, offset, bytes);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
