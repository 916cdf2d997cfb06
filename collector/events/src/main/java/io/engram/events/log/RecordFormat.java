package io.engram.events.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes around a payload, big-endian:
 *
 * <pre>
 * marker             4 bytes  E7 4C 47, then the version, 1
 * length             4 bytes  of the payload
 * index              8 bytes  of the record in its log
 * payload checksum   4 bytes  CRC32C
 * header checksum    4 bytes  CRC32C of the 20 bytes before it
 * payload
 * </pre>
 *
 * <p>The header has a checksum of its own so that damage to a payload leaves it known where the
 * next record begins, and nothing inside a payload is ever taken for a record.
 */
final class RecordFormat {
  static final int MARKER = 0xE74C4701;
  static final int HEADER_BYTES = 24;

  /** What a payload may take at most, 64 MiB. */
  static final int MAX_PAYLOAD_BYTES = 64 << 20;

  private static final int CHECKED_BYTES = 20;

  private RecordFormat() {}

  /** The header of a record, ready to be written; the payload's position stays. */
  static ByteBuffer header(long index, ByteBuffer payload) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(MARKER).putInt(payload.remaining()).putLong(index).putInt(crc(payload));
    header.putInt(crc(header.duplicate().flip()));
    return header.flip();
  }

  /** Whether a header stands at this offset, its bytes as they were written. */
  static boolean isHeader(ByteBuffer bytes, int at) {
    if (bytes.getInt(at) != MARKER) {
      return false;
    }
    int length = length(bytes, at);
    return length >= 0
        && length <= MAX_PAYLOAD_BYTES
        && index(bytes, at) >= 0
        && crc(bytes.slice(at, CHECKED_BYTES)) == bytes.getInt(at + CHECKED_BYTES);
  }

  static int length(ByteBuffer bytes, int at) {
    return bytes.getInt(at + 4);
  }

  static long index(ByteBuffer bytes, int at) {
    return bytes.getLong(at + 8);
  }

  static int payloadChecksum(ByteBuffer bytes, int at) {
    return bytes.getInt(at + 16);
  }

  static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }
}
