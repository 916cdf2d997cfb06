package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.delivery.SpoolPlace;
import io.engram.events.log.LogRecord;
import io.engram.events.wire.WireFormatV1;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a record of the spool holds: incarnation, sequence, and the two further numbers of its
 * place, 8 bytes each, and the event's frame. A note has 8 bytes instead of a frame: everything up
 * to there is acknowledged, and so many evicted events are in no report yet.
 */
record SpoolRecord(SpoolPlace place, long incarnation, long sequence, ByteBuffer frame) {
  private static final int HEAD_BYTES = 4 * Long.BYTES;

  /**
   * @param place where it is to stand
   */
  static ByteBuffer of(EventEnvelope envelope, SpoolPlace place) {
    ByteBuffer frame = WireFormatV1.encode(List.of(envelope));
    return bytes(envelope.incarnation(), envelope.sequence(), place, frame);
  }

  /**
   * @param unreported evicted events that are in no report yet
   */
  static ByteBuffer note(long incarnation, long sequence, SpoolPlace place, long unreported) {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).putLong(unreported).flip();
    return bytes(incarnation, sequence, place, number);
  }

  private static ByteBuffer bytes(
      long incarnation, long sequence, SpoolPlace place, ByteBuffer frame) {
    return ByteBuffer.allocate(HEAD_BYTES + frame.remaining())
        .putLong(incarnation)
        .putLong(sequence)
        .putLong(place.other())
        .putLong(place.forced())
        .put(frame)
        .flip();
  }

  /**
   * @throws IOException if it was not written by a spool
   */
  static SpoolRecord read(LogRecord record) throws IOException {
    ByteBuffer payload = record.payload();
    if (payload.remaining() < HEAD_BYTES) {
      throw new IOException(
          "record %d of the spool has %d bytes, must have %d or more"
              .formatted(record.index(), payload.remaining(), HEAD_BYTES));
    }
    return new SpoolRecord(
        new SpoolPlace(
            record.index(), payload.getLong(2 * Long.BYTES), payload.getLong(3 * Long.BYTES)),
        payload.getLong(0),
        payload.getLong(Long.BYTES),
        payload.slice(HEAD_BYTES, payload.remaining() - HEAD_BYTES));
  }

  boolean isEvent() {
    return frame.remaining() > Long.BYTES;
  }

  /** Of a note: evicted events that were in no report. */
  long unreported() {
    return frame.remaining() < Long.BYTES ? 0 : frame.getLong(frame.position());
  }

  /** Whether it comes before another in the run's order. */
  boolean isBefore(long otherIncarnation, long otherSequence) {
    return incarnation < otherIncarnation
        || (incarnation == otherIncarnation && sequence < otherSequence);
  }
}
