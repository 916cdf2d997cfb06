package io.engram.events.wire;

import io.engram.events.EventEnvelope;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Frames as bytes, made and changed by hand from the description in {@link WireFormatV1}. */
final class Frames {
  private Frames() {}

  static byte[] of(EventEnvelope... envelopes) {
    return of(List.of(envelopes));
  }

  static byte[] of(List<EventEnvelope> envelopes) {
    ByteBuffer written = WireFormatV1.encode(envelopes);
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    return bytes;
  }

  /** A frame with a right checksum around any payload. */
  static byte[] around(int version, int kind, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.putInt(0xFF454E47).put((byte) version).put((byte) kind);
    frame.putInt(payload.length).put(payload);
    CRC32C crc = new CRC32C();
    crc.update(frame.array(), 0, frame.position());
    return frame.putInt((int) crc.getValue()).array();
  }

  static byte kind(byte[] frame) {
    return frame[5];
  }

  static byte[] payload(byte[] frame) {
    return Arrays.copyOfRange(frame, 10, frame.length - 4);
  }

  static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
