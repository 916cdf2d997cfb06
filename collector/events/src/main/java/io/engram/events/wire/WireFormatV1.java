package io.engram.events.wire;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Version 1 of the bytes between processes: frames one after the other, one for each envelope, so
 * that batches put together are a batch. Numbers are big-endian.
 *
 * <pre>
 * magic          4 bytes  FF 45 4E 47; FF never occurs in UTF-8
 * version        1 byte   1
 * kind           1 byte   of event, see EventKind
 * length         4 bytes  of the payload
 * payload                 the envelope as a block, then the fields of the event
 * checksum       4 bytes  CRC32C of everything before it
 * </pre>
 *
 * <p>A block is a length of 4 bytes and that many bytes; nested records are blocks. A string is its
 * length in bytes and UTF-8; an array or list is its count and its elements; a map is a list sorted
 * by key; an enum constant is one byte (EnumCodes). Floating-point numbers are their IEEE 754 bits.
 *
 * <p>The frame around the payload stays as it is in every version. Within version 1 new fields may
 * be added at the end of a payload or of a block, and readers ignore what they do not know; any
 * other change is a new version.
 */
public final class WireFormatV1 {
  /** The most that one frame may take, 16 MiB; all measurements of 100,000 examples fit in. */
  public static final int MAX_FRAME_BYTES = 16 << 20;

  static final int MAGIC = 0xFF454E47;
  static final int VERSION = 1;
  static final int VERSION_OFFSET = 4;
  static final int KIND_OFFSET = 5;
  static final int LENGTH_OFFSET = 6;
  static final int PAYLOAD_OFFSET = 10;
  static final int OVERHEAD_BYTES = PAYLOAD_OFFSET + Integer.BYTES;

  private WireFormatV1() {}

  /**
   * Writes one frame for each envelope; equal events give equal bytes. Cost: one pass, one copy.
   *
   * @throws IllegalArgumentException if a frame would be longer than {@link #MAX_FRAME_BYTES}, or
   *     all of them longer than 2 GiB
   */
  public static ByteBuffer encode(List<EventEnvelope> envelopes) {
    WireOutput out = new WireOutput();
    EventWriter writer = new EventWriter(out);
    envelopes.forEach(envelope -> envelope.dispatch(writer));
    return out.written();
  }

  /**
   * Reads all frames between the buffer's position and its limit, which stay where they are. Never
   * throws: a frame that is cut off, damaged, of another version, of an unknown kind, or with
   * values that its record refuses is counted in {@link EventBatch#undecodable()}, and the frames
   * after it are still read. Where the frame's own length is damaged, reading goes on at the next
   * magic number. Memory and time are bounded by a small multiple of the input's size, whatever is
   * in it.
   */
  public static EventBatch decode(ByteBuffer bytes) {
    return new FrameReader(bytes).readAll();
  }
}
