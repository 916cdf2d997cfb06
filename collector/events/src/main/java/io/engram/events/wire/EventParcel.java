package io.engram.events.wire;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A stretch of one run's order of events, as bytes: what a trainer's spool sends, and what a
 * collector's journal keeps. What is around the events can be read where they cannot, so that a
 * parcel with unreadable events blocks none after it. The rules are those of {@code
 * io.engram.events.delivery}.
 *
 * @param run the run that speaks
 * @param incarnation of all its events
 * @param after sequence of the event before it in the sender's order, or -1
 * @param settled sequence up to which the sender holds nothing any more, or -1
 * @param last sequence of its last event
 * @param count how many events it has
 * @param frames the events, as {@link WireFormatV1}
 */
public record EventParcel(
    RunId run,
    long incarnation,
    long after,
    long settled,
    long last,
    int count,
    ByteBuffer frames) {
  private static final int MAGIC = 0xFF454E50;
  private static final int VERSION = 1;
  private static final RunId NOBODY = new RunId("unreadable");

  public EventParcel {
    frames = frames.slice().asReadOnlyBuffer();
  }

  /** Stands for bytes that are no parcel. */
  static EventParcel unreadable(ByteBuffer bytes) {
    return new EventParcel(NOBODY, 0, -1, -1, -1, 0, bytes);
  }

  /**
   * The events of one incarnation, of which nothing is held any more.
   *
   * @param envelopes at least one, all of one run and incarnation
   */
  public static EventParcel of(List<EventEnvelope> envelopes) {
    EventEnvelope first = envelopes.get(0);
    long before = first.sequence() - 1;
    return new EventParcel(
        first.run(),
        first.incarnation(),
        before,
        before,
        envelopes.get(envelopes.size() - 1).sequence(),
        envelopes.size(),
        WireFormatV1.encode(envelopes));
  }

  /** Whether it is a parcel, and not bytes that could not be read as one. */
  public boolean isReadable() {
    return count > 0;
  }

  /** Reads the events; never throws. */
  public EventBatch decode() {
    return WireFormatV1.decode(frames);
  }

  /** What it takes in memory, about. */
  public int bytes() {
    return frames.remaining();
  }

  /** All of it as bytes. */
  public ByteBuffer encode() {
    WireOutput out = new WireOutput();
    out.putInt(MAGIC);
    out.putByte(VERSION);
    out.putBlock(
        () -> {
          out.putString(run.value());
          out.putLong(incarnation);
          out.putLong(after);
          out.putLong(settled);
          out.putLong(last);
          out.putInt(count);
        });
    out.putBytes(frames);
    return out.written();
  }

  /**
   * The inverse of {@link #encode}. Fields that a later version adds to the block are ignored.
   *
   * @throws IllegalArgumentException if the bytes are no parcel
   */
  public static EventParcel read(ByteBuffer bytes) {
    ByteBuffer rest = bytes.slice();
    try {
      if (rest.getInt() != MAGIC || rest.get() != VERSION) {
        throw new IllegalArgumentException("does not begin like a parcel of version " + VERSION);
      }
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        throw new IllegalArgumentException("is cut short");
      }
      WireInput head = new WireInput(rest.slice(rest.position(), length));
      ByteBuffer frames = rest.slice(rest.position() + length, rest.remaining() - length);
      EventParcel parcel =
          new EventParcel(
              new RunId(head.getString()),
              head.getLong(),
              head.getLong(),
              head.getLong(),
              head.getLong(),
              head.getInt(),
              frames);
      if (parcel.incarnation < 0 || parcel.last < 0 || parcel.last <= parcel.after) {
        throw new IllegalArgumentException("its sequences make no sense");
      }
      if (parcel.count < 1 || parcel.count > parcel.last - parcel.after) {
        throw new IllegalArgumentException("%d events make no sense".formatted(parcel.count));
      }
      return parcel;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("is cut short", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventParcel parcel
        && run.equals(parcel.run)
        && incarnation == parcel.incarnation
        && after == parcel.after
        && settled == parcel.settled
        && last == parcel.last
        && count == parcel.count
        && frames.equals(parcel.frames);
  }

  @Override
  public int hashCode() {
    return Objects.hash(run, incarnation, last);
  }

  @Override
  public String toString() {
    return "events after %d to %d of run %s, incarnation %d"
        .formatted(after, last, run, incarnation);
  }
}
