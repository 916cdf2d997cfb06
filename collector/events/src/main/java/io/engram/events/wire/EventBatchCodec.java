package io.engram.events.wire;

import io.engram.events.EventBatch;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How batches cross the Vert.x event bus: by reference inside a JVM, as {@link WireFormatV1}
 * between JVMs. On the wire: the count of undecodable frames, the length of the frames in bytes (4
 * bytes each), the frames.
 */
public final class EventBatchCodec implements MessageCodec<EventBatch, EventBatch> {
  private static final String NAME = "engram-event-batch-v1";
  private static final int HEADER_BYTES = 2 * Integer.BYTES;

  /** Makes this the codec of every {@link EventBatch} on the bus; again is harmless. */
  public static void register(EventBus bus) {
    try {
      bus.registerDefaultCodec(EventBatch.class, new EventBatchCodec());
    } catch (IllegalStateException alreadyRegistered) {
      // Several verticles of one JVM each see to it that the codec is there.
    }
  }

  /**
   * @throws IllegalArgumentException if the batch is too large, see {@link WireFormatV1#encode}
   */
  @Override
  public void encodeToWire(Buffer buffer, EventBatch batch) {
    ByteBuffer frames = WireFormatV1.encode(batch.envelopes());
    buffer.appendInt(batch.undecodable());
    buffer.appendInt(frames.remaining());
    buffer.appendBytes(frames.array(), frames.arrayOffset(), frames.remaining());
  }

  /** Never throws; a message that is cut short has at least one undecodable frame. */
  @Override
  public EventBatch decodeFromWire(int position, Buffer buffer) {
    int start = position + HEADER_BYTES;
    if (start > buffer.length()) {
      return new EventBatch(List.of(), 1);
    }
    int before = Math.max(0, buffer.getInt(position));
    int announced = buffer.getInt(position + Integer.BYTES);
    int present = buffer.length() - start;
    boolean whole = announced >= 0 && announced <= present;
    int end = start + (whole ? announced : present);
    EventBatch read = WireFormatV1.decode(ByteBuffer.wrap(buffer.getBytes(start, end)));
    long undecodable = (long) before + Math.max(read.undecodable(), whole ? 0 : 1);
    return new EventBatch(read.envelopes(), (int) Math.min(undecodable, Integer.MAX_VALUE));
  }

  @Override
  public EventBatch transform(EventBatch batch) {
    return batch;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
