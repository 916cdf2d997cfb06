package io.engram.collector.store;

import io.engram.events.RunId;
import io.engram.events.wire.EventParcel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the journal holds: a byte that says what it is, the index below which everything
 * was on the disk when it was appended, in 8 bytes, and the parcel, or the name of the run that was
 * filed away, or nothing where only that index is to be noted.
 *
 * @param index its index in the journal
 * @param durable the index below which everything was on the disk
 * @param parcel events, or null
 * @param retired a run that was filed away, or null
 */
public record JournalRecord(
    long index, long durable, @Nullable EventParcel parcel, @Nullable RunId retired) {
  private static final byte PARCEL = 1;
  private static final byte RETIRED = 2;
  private static final byte NOTE = 3;
  private static final int HEAD_BYTES = Byte.BYTES + Long.BYTES;

  static ByteBuffer of(EventParcel parcel, long durable) {
    return bytes(PARCEL, durable, parcel.encode());
  }

  static ByteBuffer retired(RunId run, long durable) {
    return bytes(
        RETIRED, durable, ByteBuffer.wrap(run.value().getBytes(StandardCharsets.US_ASCII)));
  }

  static ByteBuffer note(long durable) {
    return bytes(NOTE, durable, ByteBuffer.allocate(0));
  }

  private static ByteBuffer bytes(byte kind, long durable, ByteBuffer content) {
    return ByteBuffer.allocate(HEAD_BYTES + content.remaining())
        .put(kind)
        .putLong(durable)
        .put(content)
        .flip();
  }

  /**
   * @throws IllegalArgumentException if it was not written by {@link Journal}
   */
  static JournalRecord read(long index, ByteBuffer payload) {
    if (payload.remaining() < HEAD_BYTES) {
      throw new IllegalArgumentException("a record of %d bytes".formatted(payload.remaining()));
    }
    long durable = payload.getLong(1);
    ByteBuffer content = payload.slice(HEAD_BYTES, payload.remaining() - HEAD_BYTES);
    return switch (payload.get(0)) {
      case PARCEL -> new JournalRecord(index, durable, EventParcel.read(content), null);
      case RETIRED ->
          new JournalRecord(
              index,
              durable,
              null,
              new RunId(StandardCharsets.US_ASCII.decode(content).toString()));
      case NOTE -> new JournalRecord(index, durable, null, null);
      default -> throw new IllegalArgumentException("a record of kind " + payload.get(0));
    };
  }
}
