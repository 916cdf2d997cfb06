package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.log.LogRecord;
import io.engram.events.wire.WireFormatV1;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a record of the spool holds: incarnation and sequence, 8 bytes each, and the event's frame;
 * without a frame it says that everything up to there is acknowledged.
 *
 * @param index its index in its log
 */
record SpoolRecord(long index, long incarnation, long sequence, ByteBuffer frame) {
  private static final int HEAD_BYTES = 2 * Long.BYTES;

  static ByteBuffer of(EventEnvelope envelope) {
    ByteBuffer frame = WireFormatV1.encode(List.of(envelope));
    return ByteBuffer.allocate(HEAD_BYTES + frame.remaining())
        .putLong(envelope.incarnation())
        .putLong(envelope.sequence())
        .put(frame)
        .flip();
  }

  static ByteBuffer acknowledged(long incarnation, long sequence) {
    return ByteBuffer.allocate(HEAD_BYTES).putLong(incarnation).putLong(sequence).flip();
  }

  static SpoolRecord read(LogRecord record) {
    ByteBuffer payload = record.payload();
    return new SpoolRecord(
        record.index(),
        payload.getLong(0),
        payload.getLong(Long.BYTES),
        payload.slice(HEAD_BYTES, payload.remaining() - HEAD_BYTES));
  }

  boolean isEvent() {
    return frame.hasRemaining();
  }

  /** Whether it comes before another in the run's order. */
  boolean isBefore(long otherIncarnation, long otherSequence) {
    return incarnation < otherIncarnation
        || (incarnation == otherIncarnation && sequence < otherSequence);
  }
}
