package io.engram.events.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.ByteBuffer;

/**
 * How parcels cross the Vert.x event bus: by reference inside a JVM, between JVMs as their length
 * in 4 bytes and their bytes.
 */
public final class EventParcelCodec implements MessageCodec<EventParcel, EventParcel> {
  private static final String NAME = "engram-event-parcel-v1";

  /** Makes this the codec of every {@link EventParcel} on the bus; again is harmless. */
  public static void register(EventBus bus) {
    try {
      bus.registerDefaultCodec(EventParcel.class, new EventParcelCodec());
    } catch (IllegalStateException alreadyRegistered) {
      // Several verticles of one JVM each see to it that the codec is there.
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, EventParcel parcel) {
    ByteBuffer bytes = parcel.encode();
    buffer.appendInt(bytes.remaining());
    buffer.appendBytes(bytes.array(), bytes.arrayOffset(), bytes.remaining());
  }

  /** Never throws; what is no parcel is not {@link EventParcel#isReadable() readable}. */
  @Override
  public EventParcel decodeFromWire(int position, Buffer buffer) {
    int start = Math.min(buffer.length(), position + Integer.BYTES);
    int announced = start == position + Integer.BYTES ? buffer.getInt(position) : -1;
    int present = buffer.length() - start;
    boolean whole = announced >= 0 && announced <= present;
    ByteBuffer bytes =
        ByteBuffer.wrap(buffer.getBytes(start, start + (whole ? announced : present)));
    try {
      return EventParcel.read(bytes);
    } catch (IllegalArgumentException e) {
      return EventParcel.unreadable(bytes);
    }
  }

  @Override
  public EventParcel transform(EventParcel parcel) {
    return parcel;
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
