package io.engram.events.delivery;

import io.engram.events.delivery.Admission.Kind;

/**
 * The collector's side of one run: what is admitted, and how much of that is on the disk. Not
 * thread-safe.
 */
public final class Inbox {
  private static final long NONE = -1;

  private long incarnation;
  private long admitted;
  private long committedIncarnation;
  private long committed;
  private long round;

  /** Of a run of which nothing was received. */
  public Inbox() {
    this(NONE, NONE);
  }

  /** Of a run whose events are applied up to this one. */
  public Inbox(long incarnation, long sequence) {
    this.incarnation = incarnation;
    this.admitted = sequence;
    this.committedIncarnation = incarnation;
    this.committed = sequence;
  }

  /**
   * Takes a parcel.
   *
   * @param after sequence of the event before it in the sender's order, or -1
   * @param settled up to which the sender holds nothing any more, or -1
   * @param last sequence of its last event
   */
  public Admission receive(long incarnation, long after, long settled, long last) {
    return receive(incarnation, after, settled, last, false);
  }

  /**
   * Takes a parcel that is read back from the journal.
   *
   * @param damaged whether a record before it, and after the one read back before, is known to have
   *     been on the disk and is damaged: then nothing will fill a gap
   */
  public Admission readBack(
      long incarnation, long after, long settled, long last, boolean damaged) {
    Admission admission = receive(incarnation, after, settled, last, damaged);
    commit(admission);
    return admission;
  }

  private Admission receive(
      long incarnation, long after, long settled, long last, boolean forgiving) {
    if (incarnation < this.incarnation) {
      return admission(Kind.SUPERSEDED, incarnation, last);
    }
    long have = incarnation == this.incarnation ? admitted : NONE;
    if (last <= have) {
      return admission(Kind.DUPLICATE, incarnation, last);
    }
    if (after > Math.max(have, settled) && !forgiving) {
      return admission(Kind.OUT_OF_ORDER, incarnation, last);
    }
    this.incarnation = incarnation;
    admitted = last;
    return new Admission(Kind.NEW, incarnation, have, last, round);
  }

  private Admission admission(Kind kind, long incarnation, long last) {
    return new Admission(kind, incarnation, last, last, round);
  }

  /**
   * An admitted parcel is on the disk.
   *
   * @return whether it may be applied; not if a parcel before it was undone
   * @throws IllegalStateException if it is not the oldest of those admitted and not yet committed
   */
  public boolean commit(Admission admission) {
    if (admission.round() != round || !admission.isNew()) {
      return false;
    }
    if (acknowledged(admission.incarnation()) != admission.from()) {
      throw new IllegalStateException("parcels are committed in another order than admitted");
    }
    committedIncarnation = admission.incarnation();
    committed = admission.last();
    return true;
  }

  /**
   * A parcel could not be brought to the disk: this one and all that were admitted after it are
   * void.
   */
  public void undo(Admission admission) {
    if (admission.round() == round && admission.isNew()) {
      incarnation = committedIncarnation;
      admitted = committed;
      round++;
    }
  }

  /**
   * What a sender may let go: the highest sequence of an incarnation that is on the disk, or -1; of
   * an incarnation that is superseded, everything.
   */
  public long acknowledged(long incarnation) {
    if (incarnation < committedIncarnation) {
      return Long.MAX_VALUE;
    }
    return incarnation == committedIncarnation ? committed : NONE;
  }

  /** Whether everything that was admitted is on the disk. */
  public boolean isSettled() {
    return incarnation == committedIncarnation && admitted == committed;
  }
}
