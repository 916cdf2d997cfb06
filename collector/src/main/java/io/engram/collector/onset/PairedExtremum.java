package io.engram.collector.onset;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Whether yes-or-no answers on the same examples have become yes more often than at the look at
 * which they were so least often: the exact test of McNemar (1947), one-sided, against the running
 * minimum.
 *
 * <p>At look k there are k - 1 looks that the reference may turn out to be, so each pair of looks
 * is tested at α / ((k - 1) k (k - 1)); these levels add up to α over all pairs, however the looks
 * depend on each other. So with a chance of at least 1 - α no rise is claimed between two looks
 * between which a gain of an example was not more likely than a loss. That takes examples to be
 * independent of each other given the networks of the two looks, as examples are that were drawn at
 * random and never trained on. O(examples) a look, one bit an example.
 */
final class PairedExtremum {
  private final double alpha;
  private boolean[] reference = {};
  private int fewest;
  private long referenceStep = -1;
  private long looks;
  private long gained;
  private long lost;
  private double chance = 1;
  private double level = Double.NaN;

  PairedExtremum(double alpha) {
    this.alpha = alpha;
  }

  /**
   * Takes a look. Where the number of examples differs from the reference's, the look becomes the
   * reference and nothing is compared.
   */
  void onLook(long step, boolean[] yes) {
    looks++;
    int count = 0;
    gained = 0;
    lost = 0;
    for (int i = 0; i < yes.length; i++) {
      count += yes[i] ? 1 : 0;
      if (yes.length == reference.length && yes[i] != reference[i]) {
        gained += yes[i] ? 1 : 0;
        lost += yes[i] ? 0 : 1;
      }
    }
    level = looks < 2 ? Double.NaN : AlphaSpending.at(looks - 1, alpha) / (looks - 1);
    chance = gained > lost ? atLeast(gained, gained + lost) : 1;
    if (yes.length != reference.length || count < fewest || step < referenceStep) {
      reference = yes.clone();
      fewest = count;
      referenceStep = step;
    }
  }

  /** P(heads ≥ count) of n fair coins. */
  private static double atLeast(long count, long n) {
    return BinomialDistribution.of((int) n, 0.5).survivalProbability((int) count - 1);
  }

  boolean isComparable() {
    return looks >= 2;
  }

  boolean isRaised() {
    return chance <= level;
  }

  /** -log₁₀ of the one-sided p-value. */
  double evidence() {
    return -Math.log10(Math.max(chance, Double.MIN_NORMAL));
  }

  /** -log₁₀ of the level of the latest look. */
  double threshold() {
    return -Math.log10(level);
  }

  /** Net gain of yes since the reference, and the examples: for a reason in words. */
  long gain() {
    return gained - lost;
  }

  /** The step of the running minimum, before which nothing had risen. */
  long referenceStep() {
    return referenceStep;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(reference.length);
    for (boolean yes : reference) {
      out.writeBoolean(yes);
    }
    out.writeInt(fewest);
    out.writeLong(referenceStep);
    out.writeLong(looks);
    out.writeLong(gained);
    out.writeLong(lost);
    out.writeDouble(chance);
    out.writeDouble(level);
  }

  void restore(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("onset state holds a reference of length " + length);
    }
    reference = new boolean[length];
    for (int i = 0; i < length; i++) {
      reference[i] = in.readBoolean();
    }
    fewest = in.readInt();
    referenceStep = in.readLong();
    looks = in.readLong();
    gained = in.readLong();
    lost = in.readLong();
    chance = in.readDouble();
    level = in.readDouble();
  }
}
