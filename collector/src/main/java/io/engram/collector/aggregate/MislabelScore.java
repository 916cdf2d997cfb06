package io.engram.collector.aggregate;

import java.util.Locale;

/**
 * Scores by which training examples are ranked for wrong labels, from by-products of training
 * alone. Each is turned so that a higher one is more suspect; NaN is the least suspect.
 */
public enum MislabelScore {
  /** Minus the mean margin over the presentations (Pleiss et al. 2020). */
  AUM,
  /** Sum of the loss over the presentations (Ravikumar et al. 2025). */
  CSL,
  /** Forgetting events; more than any for an example never learned (Toneva et al. 2019). */
  FORGETTING,
  /** Sum of the squared L2 norm of the input gradient over the presentations (the same 2025). */
  CSG,
  /**
   * Mean of the ranks by {@link #AUM}, {@link #CSL} and {@link #CSG}, each divided by the number of
   * examples, all with the same weight; without {@link #CSG} where the network has no input
   * gradients. Ours. {@link #FORGETTING} is left out: an example that is never forgotten may be
   * easy or may be fitted late, which makes it by far the weakest of the four.
   */
  COMBINED;

  /** The value of the {@code score} label: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  float of(ExampleDynamics examples, int slot) {
    return switch (this) {
      case AUM -> (float) -examples.meanMargin(slot);
      case CSL -> (float) examples.lossSum(slot);
      case FORGETTING ->
          examples.correct(slot) == 0 ? Float.MAX_VALUE : examples.forgettingEvents(slot);
      case CSG -> examples.inputGradientSquares(slot);
      case COMBINED -> examples.suspicion(slot);
    };
  }
}
