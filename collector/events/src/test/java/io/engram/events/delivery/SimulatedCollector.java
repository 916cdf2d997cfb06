package io.engram.events.delivery;

import io.engram.events.delivery.Said.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A collector: inbox, journal and snapshots on a disk, state in memory. */
final class SimulatedCollector {
  /** A record of the journal; what was forced in vain may or may not be on the disk. */
  private static final class Entry {
    final Parcel parcel;
    final int watermark;
    boolean lost;

    Entry(Parcel parcel, int watermark) {
      this.parcel = parcel;
      this.watermark = watermark;
    }
  }

  private record Pending(int index, Admission admission) {}

  private record Snapshot(Applied state, int position) {}

  private final SplittableRandom random;
  private final Network network;
  private final Witness witness;
  private final Broken broken;

  // on the disk
  private final List<Entry> journal = new ArrayList<>();
  private int durable;
  private Snapshot snapshot = new Snapshot(new Applied(), 0);
  private final TreeMap<Integer, Applied> checkpoints = new TreeMap<>();

  // in memory
  private final TreeMap<Integer, Applied> unsaved = new TreeMap<>();
  private Inbox inbox = new Inbox();
  private Applied state = new Applied();
  private final List<Pending> pending = new ArrayList<>();
  private boolean alive = true;

  SimulatedCollector(SplittableRandom random, Network network, Witness witness, Broken broken) {
    this.random = random;
    this.network = network;
    this.witness = witness;
    this.broken = broken;
  }

  boolean isAlive() {
    return alive;
  }

  Applied state() {
    return state;
  }

  void receive(Parcel parcel, boolean diskFails) {
    if (!alive) {
      return;
    }
    Admission admission = admit(parcel, false, false);
    if (!admission.isNew()) {
      network.answer(parcel, inbox.acknowledged(admission.incarnation()));
      return;
    }
    if (diskFails) {
      fail(parcel, admission);
      return;
    }
    pending.add(new Pending(journal.size(), admission));
    journal.add(new Entry(parcel, durable));
    if (broken == Broken.ACKNOWLEDGE_BEFORE_FORCE) {
      network.answer(parcel, admission.last());
    }
  }

  private Admission admit(Parcel parcel, boolean readBack, boolean damaged) {
    Shipment<?> s = parcel.shipment();
    long after = broken == Broken.ADMIT_OUT_OF_ORDER ? -1 : s.after();
    Admission admission =
        readBack
            ? inbox.readBack(s.incarnation(), after, s.settled(), s.last(), damaged)
            : inbox.receive(s.incarnation(), after, s.settled(), s.last());
    return broken == Broken.APPLY_BEFORE_DROPPING_DUPLICATES
            && admission.kind() == Admission.Kind.DUPLICATE
        ? new Admission(
            Admission.Kind.NEW, admission.incarnation(), s.after(), s.last(), admission.round())
        : admission;
  }

  private void fail(Parcel parcel, Admission admission) {
    if (broken != Broken.COMMIT_WHAT_WAS_UNDONE) {
      inbox.undo(admission);
    }
    network.answer(parcel, null);
  }

  /** Forces the journal; what was waiting for it is applied and answered, or undone. */
  void commit(boolean diskFails) {
    if (!alive) {
      return;
    }
    if (diskFails && !pending.isEmpty()) {
      for (Pending waiting : pending) {
        fail(journal.get(waiting.index).parcel, waiting.admission);
      }
      pending.clear();
      if (broken == Broken.KEEP_WHAT_WAS_NOT_FORCED) {
        journal
            .subList(durable, journal.size())
            .forEach(entry -> entry.lost = random.nextBoolean());
        durable = journal.size();
      } else {
        journal.subList(durable, journal.size()).clear();
      }
      return;
    }
    durable = journal.size();
    for (Pending waiting : pending) {
      Parcel parcel = journal.get(waiting.index).parcel;
      boolean valid = inbox.commit(waiting.admission);
      if (valid || broken == Broken.APPLY_BEFORE_DROPPING_DUPLICATES) {
        apply(parcel, waiting.admission.from());
        network.answer(parcel, inbox.acknowledged(waiting.admission.incarnation()));
      } else {
        network.answer(parcel, null);
      }
    }
    pending.clear();
  }

  private void apply(Parcel parcel, long from) {
    for (Said event : parcel.events()) {
      if (event.sequence() <= from) {
        continue;
      }
      if (event.kind() == 'H' && event.step() < 0) {
        state.rewindTo(new Applied());
      } else if (event.kind() == 'H') {
        Applied checkpoint = unsaved.getOrDefault(event.step(), checkpoints.get(event.step()));
        if (checkpoint != null) {
          state.rewindTo(checkpoint);
        } else if (!witness.stepsLost) {
          throw new Witness.Violation("no state of the checkpoint at step " + event.step());
        }
      }
      state.apply(event);
      if (event.kind() == 'C') {
        unsaved.put(event.step(), state.copy());
      }
    }
  }

  void snapshot() {
    if (!alive) {
      return;
    }
    int position = pending.isEmpty() ? journal.size() : pending.get(0).index;
    if (broken == Broken.SNAPSHOT_BEYOND_WHAT_IS_APPLIED) {
      position = journal.size();
    }
    if (broken != Broken.SNAPSHOT_BEFORE_CHECKPOINTS) {
      saveCheckpoints();
    }
    snapshot = new Snapshot(state.copy(), position);
  }

  void saveCheckpoints() {
    if (alive) {
      checkpoints.putAll(unsaved);
      unsaved.clear();
    }
  }

  void crash(boolean power) {
    alive = false;
    unsaved.clear();
    pending.clear();
    if (power) {
      for (int i = durable; i < journal.size(); i++) {
        journal.get(i).lost = random.nextBoolean();
      }
      while (journal.size() > durable && journal.get(journal.size() - 1).lost) {
        journal.remove(journal.size() - 1);
      }
    }
  }

  /** A bit flips in a record that is on the disk, and that later ones know to be there. */
  void damage() {
    int watermark = journal.isEmpty() ? 0 : journal.get(journal.size() - 1).watermark;
    if (!alive && snapshot.position < watermark) {
      Entry hit = journal.get(snapshot.position + random.nextInt(watermark - snapshot.position));
      if (!hit.lost && hit != journal.get(journal.size() - 1)) {
        hit.lost = true;
        hit.parcel.events().forEach(witness::damaged);
      }
    }
  }

  /** Snapshot and tail, through the inbox. */
  void restart() {
    alive = true;
    state = snapshot.state.copy();
    inbox = new Inbox(state.incarnation, state.last);
    int known = snapshot.position;
    for (Entry entry : journal) {
      known = entry.lost ? known : Math.max(known, entry.watermark);
    }
    boolean damaged = false;
    for (int i = snapshot.position; i < journal.size(); i++) {
      Entry entry = journal.get(i);
      if (entry.lost) {
        if (i >= known && broken != Broken.FORGIVE_EVERY_GAP) {
          journal.subList(i, journal.size()).clear();
          break;
        }
        damaged = true;
        continue;
      }
      Admission admission = admit(entry.parcel, true, damaged);
      damaged = false;
      if (admission.isNew()) {
        apply(entry.parcel, admission.from());
      }
    }
    durable = journal.size();
    witness.checkKept(state.seen);
  }

  boolean isIdle() {
    return pending.isEmpty();
  }
}
