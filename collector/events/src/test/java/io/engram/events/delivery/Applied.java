package io.engram.events.delivery;

import java.util.Arrays;

/** What a collector knows of the run: the state that is saved, copied, restored. */
final class Applied {
  final long[] seen;
  int[] steps;
  int count;
  int incarnation = -1;
  int last = -1;
  int redone;
  int missed;

  Applied() {
    seen = new long[Witness.INCARNATIONS];
    steps = new int[16];
  }

  private Applied(Applied other) {
    seen = other.seen.clone();
    steps = other.steps.clone();
    count = other.count;
    incarnation = other.incarnation;
    last = other.last;
    redone = other.redone;
    missed = other.missed;
  }

  Applied copy() {
    return new Applied(this);
  }

  void apply(Said event) {
    if ((seen[event.incarnation()] & Witness.bit(event)) != 0) {
      throw new Witness.Violation("applied twice: " + event);
    }
    if (event.incarnation() < incarnation
        || (event.incarnation() == incarnation && event.sequence() <= last)) {
      throw new Witness.Violation("applied out of order: " + event);
    }
    seen[event.incarnation()] |= Witness.bit(event);
    missed += event.sequence() - 1 - (event.incarnation() == incarnation ? last : -1);
    incarnation = event.incarnation();
    last = event.sequence();
    if (event.kind() == 'S') {
      if (count == steps.length) {
        steps = Arrays.copyOf(steps, 2 * count);
      }
      steps[count++] = event.step();
    }
  }

  /** The run goes on from a checkpoint: what was done after it will be done again. */
  void rewindTo(Applied checkpoint) {
    redone += count - checkpoint.count;
    steps = checkpoint.steps.clone();
    count = checkpoint.count;
  }
}
