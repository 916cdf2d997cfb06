package io.engram.events.wire;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads frame after frame. Where no whole frame stands, one undecodable is counted and reading goes
 * on at the next magic number: the length of a frame is trusted only if its checksum is right.
 */
final class FrameReader {
  /** Bytes hashed in vain, as a multiple of the input, after which the rest is given up. */
  private static final int PATIENCE = 4;

  private final ByteBuffer bytes;
  private final List<EventEnvelope> envelopes = new ArrayList<>();
  private int undecodable;
  private long patience;

  FrameReader(ByteBuffer input) {
    bytes = input.slice();
    patience = (long) PATIENCE * bytes.limit();
  }

  EventBatch readAll() {
    int at = 0;
    while (at < bytes.limit()) {
      int end = endOfFrame(at);
      EventEnvelope envelope = end < 0 ? null : read(at);
      if (envelope == null) {
        undecodable++;
      } else {
        envelopes.add(envelope);
      }
      at = end < 0 ? nextMagic(at + 1) : end;
    }
    return new EventBatch(envelopes, undecodable);
  }

  /** Where the frame that starts here ends, or -1 if there is none with a right checksum. */
  private int endOfFrame(int start) {
    if (bytes.limit() - start < WireFormatV1.OVERHEAD_BYTES
        || bytes.getInt(start) != WireFormatV1.MAGIC) {
      return -1;
    }
    int length = bytes.getInt(start + WireFormatV1.LENGTH_OFFSET);
    int room = bytes.limit() - start - WireFormatV1.OVERHEAD_BYTES;
    if (length < 0
        || length > room
        || length > WireFormatV1.MAX_FRAME_BYTES - WireFormatV1.OVERHEAD_BYTES) {
      return -1;
    }
    int hashed = WireFormatV1.PAYLOAD_OFFSET + length;
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(start, hashed));
    if ((int) crc.getValue() == bytes.getInt(start + hashed)) {
      return start + hashed + Integer.BYTES;
    }
    patience -= hashed;
    return -1;
  }

  private @Nullable EventEnvelope read(int start) {
    int version = Byte.toUnsignedInt(bytes.get(start + WireFormatV1.VERSION_OFFSET));
    int code = Byte.toUnsignedInt(bytes.get(start + WireFormatV1.KIND_OFFSET));
    EventKind kind = EventKind.of(code);
    if (version != WireFormatV1.VERSION || kind == null) {
      return null;
    }
    int length = bytes.getInt(start + WireFormatV1.LENGTH_OFFSET);
    ByteBuffer payload = bytes.slice(start + WireFormatV1.PAYLOAD_OFFSET, length);
    try {
      return EventReader.envelope(kind, new WireInput(payload));
    } catch (IllegalArgumentException | BufferUnderflowException damaged) {
      return null;
    }
  }

  private int nextMagic(int from) {
    if (patience < 0) {
      return bytes.limit();
    }
    for (int at = from; at <= bytes.limit() - Integer.BYTES; at++) {
      if (bytes.getInt(at) == WireFormatV1.MAGIC) {
        return at;
      }
    }
    return bytes.limit();
  }
}
