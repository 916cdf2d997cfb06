package io.engram.events.delivery;

/**
 * What becomes of a parcel.
 *
 * @param kind what it is
 * @param incarnation of the parcel
 * @param from where it is new: its events with a greater sequence are
 * @param last where it is new: sequence of its last event
 * @param round the inbox's count of undone rounds; an admission of an earlier one is void
 */
public record Admission(Kind kind, long incarnation, long from, long last, long round) {
  /** What a parcel is to the collector. */
  public enum Kind {
    /** It holds events to be appended, and applied once they are on the disk. */
    NEW,
    /** All of it was admitted before. */
    DUPLICATE,
    /** A later incarnation of the run has begun; it is never applied. */
    SUPERSEDED,
    /** Something is missing before it, and the sender still has that. */
    OUT_OF_ORDER
  }

  /** Whether it is to be appended. */
  public boolean isNew() {
    return kind == Kind.NEW;
  }
}
