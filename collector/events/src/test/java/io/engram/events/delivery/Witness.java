package io.engram.events.delivery;

import java.util.HashMap;
import java.util.Map;

/** Sees everything, and says what must hold. Sequences are below 64, so that a set is a long. */
final class Witness {
  static final int INCARNATIONS = 64;

  /** Emitted, of each incarnation. */
  final long[] emitted = new long[INCARNATIONS];

  /** Dropped on purpose and counted. */
  final long[] dropped = new long[INCARNATIONS];

  /** What a crash of the trainer took out of its memory or its unforced tail. */
  final long[] crashed = new long[INCARNATIONS];

  /** What a damaged record of the journal held. */
  final long[] damaged = new long[INCARNATIONS];

  /** Under way when its trainer crashed: it may have been applied, and be evicted afterwards. */
  final long[] unanswered = new long[INCARNATIONS];

  /** Evicted when it had left, and its trainer crashed before the answer. */
  final long[] evictedUnderWay = new long[INCARNATIONS];

  /** Acknowledged to a trainer. */
  final long[] acknowledged = new long[INCARNATIONS];

  final Map<String, Integer> reasons = new HashMap<>();

  /** Whether a step or a checkpoint was dropped, damaged or crashed away for good. */
  boolean stepsLost;

  void emitted(Said event) {
    emitted[event.incarnation()] |= bit(event);
  }

  void dropped(Said event, String reason) {
    dropped[event.incarnation()] |= bit(event);
    reasons.merge(reason, 1, Integer::sum);
    stepsLost |= !event.isEvictable();
  }

  void crashed(Said event) {
    crashed[event.incarnation()] |= bit(event);
  }

  void evictedUnderWay(Said event) {
    evictedUnderWay[event.incarnation()] |= bit(event);
    crashed(event);
  }

  void unanswered(Said event) {
    unanswered[event.incarnation()] |= bit(event);
  }

  void damaged(Said event) {
    damaged[event.incarnation()] |= bit(event);
    stepsLost |= !event.isEvictable();
  }

  void acknowledged(Said event) {
    acknowledged[event.incarnation()] |= bit(event);
  }

  /** Nothing acknowledged is lost. */
  void checkKept(long[] applied) {
    for (int i = 0; i < INCARNATIONS; i++) {
      long lost = acknowledged[i] & ~applied[i] & ~damaged[i];
      if (lost != 0) {
        throw new Violation("acknowledged and lost: incarnation %d %x".formatted(i, lost));
      }
    }
  }

  /** At rest, nothing pending: emitted = applied + dropped + what crashes and damage took. */
  void checkBalance(long[] applied) {
    checkKept(applied);
    for (int i = 0; i < INCARNATIONS; i++) {
      long explained = applied[i] | dropped[i] | crashed[i] | damaged[i];
      if (emitted[i] != explained) {
        throw new Violation(
            "incarnation %d: emitted %x, applied %x, dropped %x, crashed %x, damaged %x"
                .formatted(i, emitted[i], applied[i], dropped[i], crashed[i], damaged[i]));
      }
      if ((applied[i] & dropped[i] & ~unanswered[i]) != 0) {
        throw new Violation("incarnation %d: counted as dropped, and applied".formatted(i));
      }
      long gone = crashed[i] & ~applied[i] & ~dropped[i] & ~damaged[i] & ~evictedUnderWay[i];
      if (gone != 0 && applied[i] > Long.lowestOneBit(gone)) {
        throw new Violation(
            "incarnation %d: applied %x, and before that a crash took %x"
                .formatted(i, applied[i], gone));
      }
    }
  }

  static long bit(Said event) {
    return 1L << event.sequence();
  }

  /** Something that must never happen. */
  static final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String what) {
      super(what);
    }
  }
}
