package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Tells which events of a run are new. Within an incarnation the sequence numbers are 0, 1, 2, …; a
 * number that is skipped is missed for good: should it come later, it is a duplicate.
 */
final class SequenceTracker {
  enum Verdict {
    NEW,
    DUPLICATE,
    SUPERSEDED
  }

  private long incarnation;
  private long last = -1;
  private long received;
  private long missed;
  private long duplicate;
  private long superseded;

  SequenceTracker(long incarnation) {
    this.incarnation = incarnation;
  }

  SequenceTracker(DataInput in) throws IOException {
    incarnation = in.readLong();
    last = in.readLong();
    received = in.readLong();
    missed = in.readLong();
    duplicate = in.readLong();
    superseded = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    for (long value : new long[] {incarnation, last, received, missed, duplicate, superseded}) {
      out.writeLong(value);
    }
  }

  /** Counts an event; a newer incarnation starts a sequence of its own. */
  Verdict accept(long eventIncarnation, long sequence) {
    received++;
    if (eventIncarnation < incarnation) {
      superseded++;
      return Verdict.SUPERSEDED;
    }
    if (eventIncarnation > incarnation) {
      incarnation = eventIncarnation;
      last = -1;
    }
    if (sequence <= last) {
      duplicate++;
      return Verdict.DUPLICATE;
    }
    missed = Counts.add(missed, sequence - last - 1);
    last = sequence;
    return Verdict.NEW;
  }

  /** Everything of an incarnation up to here was there to be accepted, readable or not. */
  void advance(long eventIncarnation, long sequence) {
    if (eventIncarnation > incarnation) {
      incarnation = eventIncarnation;
      last = -1;
    }
    if (eventIncarnation == incarnation && sequence > last) {
      missed = Counts.add(missed, sequence - last);
      last = sequence;
    }
  }

  /** Counts events that were turned away before they came here. */
  void countTurnedAway(int duplicates, int supersededOnes) {
    received += duplicates + supersededOnes;
    duplicate += duplicates;
    superseded += supersededOnes;
  }

  long incarnation() {
    return incarnation;
  }

  /** Sequence number of the latest new event, or -1. */
  long last() {
    return last;
  }

  long received() {
    return received;
  }

  long missed() {
    return missed;
  }

  long duplicate() {
    return duplicate;
  }

  long superseded() {
    return superseded;
  }
}
