package io.engram.trainer.experiment.svalidation;

import io.engram.events.svalidation.Judgement;
import io.engram.events.svalidation.Verdict;
import io.engram.trainer.svalidation.FeatureDiagnostics;
import io.engram.trainer.svalidation.NullResult;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured after an epoch; 0 is the untrained network.
 *
 * @param scores of every set
 * @param judgements what they say, set by set
 * @param confirmed scores by the paper's number of trees and permutations; null where not asked for
 * @param trained which training examples the network itself gets right
 * @param validated which validation examples it gets right
 * @param features of the training examples
 */
record Checkpoint(
    int epoch,
    NullResult scores,
    List<Judgement> judgements,
    @Nullable NullResult confirmed,
    BitSet trained,
    BitSet validated,
    FeatureDiagnostics features) {

  /** The permuted scores of a set as shares, in the order of the permutations. */
  double[] permuted(int set) {
    int[] counts = scores.sets().get(set).permuted();
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = (double) counts[i] / scores.examples();
    }
    return shares;
  }

  /** Whether a set is called memorized and learned. */
  boolean learned(int set) {
    return judgements.get(set).verdict() == Verdict.MEMORIZED_AND_LEARNED;
  }

  /** Whether the observed score lies above all permuted ones. */
  boolean aboveRange(int set) {
    int observed = scores.sets().get(set).observed();
    for (int count : scores.sets().get(set).permuted()) {
      if (count >= observed) {
        return false;
      }
    }
    return true;
  }

  /** Whether the observed score lies between the least and the greatest permuted one. */
  boolean inRange(int set) {
    int observed = scores.sets().get(set).observed();
    boolean above = false;
    boolean below = false;
    for (int count : scores.sets().get(set).permuted()) {
      above |= count >= observed;
      below |= count <= observed;
    }
    return above && below;
  }
}
