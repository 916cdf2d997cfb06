package io.engram.collector.store;

import io.engram.events.RunId;
import io.engram.events.delivery.Admission;
import io.engram.events.delivery.Inbox;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal back through the inboxes that its parcels went through when they came, so that
 * what stands in it twice counts once. Damage costs the record that it hit; damage in what was
 * never known to be on the disk is where the journal ends.
 */
public final class Replay {
  /** Who takes what is read back. */
  public interface Target {
    /** Where a run stands already, or null where nothing of it is known. */
    @Nullable Inbox begin(RunId run);

    /** Records of a run before this index are in what is known of it. */
    long position(RunId run);

    /** Takes the events of a parcel with a greater sequence than {@code from}. */
    void apply(EventParcel parcel, long from);

    /** A run was filed away. */
    void retire(RunId run);
  }

  private final Journal journal;
  private final Target target;
  private final Map<RunId, Inbox> inboxes = new HashMap<>();
  private final Map<RunId, Long> seenDamage = new HashMap<>();
  private long records;
  private long lost;

  public Replay(Journal journal, Target target) {
    this.journal = journal;
    this.target = target;
  }

  /**
   * Reads everything from an index on, or from the oldest record where that is later.
   *
   * @param mayCut whether a tail that was never known to be on the disk is removed where it is
   *     damaged
   */
  public void run(long begin, boolean mayCut) throws IOException {
    long from = Math.max(begin, journal.firstIndex());
    long known = mayCut ? knownToBeOnDisk(from) : from;
    try (JournalReader reader = journal.read(from)) {
      long expected = from;
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        if (record.index() > expected && expected >= known && mayCut) {
          journal.cut(expected);
          return;
        }
        lost = reader.lost();
        take(record);
        expected = record.index() + 1;
      }
    }
  }

  private long knownToBeOnDisk(long from) throws IOException {
    long known = from;
    try (JournalReader reader = journal.read(from)) {
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        known = Math.max(known, record.durable());
      }
    }
    return known;
  }

  private void take(JournalRecord record) {
    records++;
    RunId retired = record.retired();
    if (retired != null && record.index() >= target.position(retired)) {
      inboxes.remove(retired);
      target.retire(retired);
    }
    EventParcel parcel = record.parcel();
    if (parcel != null && record.index() >= target.position(parcel.run())) {
      boolean damaged = seenDamage.getOrDefault(parcel.run(), 0L) < lost;
      seenDamage.put(parcel.run(), lost);
      Admission admission =
          inbox(parcel.run())
              .readBack(
                  parcel.incarnation(), parcel.after(), parcel.settled(), parcel.last(), damaged);
      if (admission.isNew()) {
        target.apply(parcel, admission.from());
      }
    }
  }

  private Inbox inbox(RunId run) {
    return inboxes.computeIfAbsent(
        run,
        unknown -> {
          Inbox begun = target.begin(run);
          return begun == null ? new Inbox() : begun;
        });
  }

  /** Records that were read. */
  public long records() {
    return records;
  }

  /** Records that could not be. */
  public long lost() {
    return lost;
  }
}
