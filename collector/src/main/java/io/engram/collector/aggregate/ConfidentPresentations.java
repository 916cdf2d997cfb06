package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts the presentations of training examples by the probability of the most probable class, over
 * the last epoch, in quarters of one. O(1) a presentation; 10 KiB.
 */
final class ConfidentPresentations {
  static final int PARTS = 4;

  /** Those that are complete and the one that is under way. */
  private static final int KEPT = PARTS + 1;

  private static final int BINS = 256;

  /** Of a float's bits, all but the last 20 mantissa bits: eight steps from one power of 2 on. */
  private static final int DROPPED_BITS = 20;

  private static final int FIRST_BIN = Float.floatToIntBits(0x1p-26f) >> DROPPED_BITS;

  private final int[][] agreeing = new int[KEPT][BINS];
  private final int[][] contradicting = new int[KEPT][BINS];

  /** Over the complete parts of the last epoch. */
  private final long[] agreed = new long[BINS];

  private final long[] contradicted = new long[BINS];
  private int stepsPerEpoch;
  private long part = -1;
  private long firstPart;
  private long step;
  private long completed;

  ConfidentPresentations() {}

  ConfidentPresentations(DataInput in) throws IOException {
    for (int[][] counts : new int[][][] {agreeing, contradicting}) {
      for (int i = 0; i < KEPT; i++) {
        counts[i] = StateIo.readInts(in);
        if (counts[i].length != BINS) {
          throw new IOException("state holds %d bins of confidence".formatted(counts[i].length));
        }
      }
    }
    stepsPerEpoch = in.readInt();
    part = in.readLong();
    firstPart = in.readLong();
    step = in.readLong();
    completed = in.readLong();
    if (part < -1 || firstPart < 0) {
      throw new IOException("state holds part %d of an epoch".formatted(part));
    }
    for (long past = Math.max(firstPart, part - PARTS); past < part; past++) {
      count(slot(past), 1);
    }
  }

  void save(DataOutput out) throws IOException {
    for (int[][] counts : new int[][][] {agreeing, contradicting}) {
      for (int[] ofPart : counts) {
        StateIo.writeInts(out, ofPart, BINS);
      }
    }
    out.writeInt(stepsPerEpoch);
    out.writeLong(part);
    out.writeLong(firstPart);
    out.writeLong(step);
    out.writeLong(completed);
  }

  void onStepsPerEpoch(int steps) {
    stepsPerEpoch = steps;
  }

  /**
   * Presentations of a step follow. Where steps are missing or done again, counting begins anew.
   */
  void atStep(long atStep) {
    if (stepsPerEpoch < PARTS) {
      return;
    }
    long now = atStep * PARTS / stepsPerEpoch;
    if (now == part && atStep >= step) {
      return;
    }
    if (part >= 0 && now == part + 1) {
      completed++;
      step = atStep;
      count(slot(part), 1);
      if (part - firstPart >= PARTS) {
        count(slot(now), -1);
      }
      clear(slot(now));
    } else {
      for (int slot = 0; slot < KEPT; slot++) {
        clear(slot);
      }
      Arrays.fill(agreed, 0);
      Arrays.fill(contradicted, 0);
      firstPart = now;
      step = atStep;
    }
    part = now;
  }

  private void clear(int slot) {
    Arrays.fill(agreeing[slot], 0);
    Arrays.fill(contradicting[slot], 0);
  }

  private void count(int slot, int times) {
    for (int bin = 0; bin < BINS; bin++) {
      agreed[bin] += (long) times * agreeing[slot][bin];
      contradicted[bin] += (long) times * contradicting[slot][bin];
    }
  }

  private static int slot(long part) {
    return (int) (part % KEPT);
  }

  /**
   * Counts a presentation.
   *
   * @param loss -log of the given label's probability
   * @param margin logit of the given label less the highest other one
   */
  void observe(boolean agrees, float loss, float margin) {
    float surprise = agrees ? loss : loss + margin;
    if (part >= 0 && !Float.isNaN(surprise)) {
      (agrees ? agreeing : contradicting)[slot(part)][bin(surprise)]++;
    }
  }

  /** The bin of -log of the highest probability. */
  private static int bin(float surprise) {
    int bin = (Float.floatToIntBits(Math.max(0, surprise)) >> DROPPED_BITS) - FIRST_BIN;
    return Math.max(0, Math.min(BINS - 1, bin));
  }

  /** How many parts were completed. */
  long completed() {
    return completed;
  }

  PresentedView view() {
    return new PresentedView(
        step, stepsPerEpoch, part - firstPart >= PARTS, agreed.clone(), contradicted.clone());
  }
}
