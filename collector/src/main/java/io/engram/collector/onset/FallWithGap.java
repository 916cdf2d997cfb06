package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.events.OnsetChannel;

/**
 * The two signs of {@link ContradictionFall} and {@link HoldoutGap} together. D raises where either
 * reaches its own threshold, D& where both reach lower ones (fall 0.010 and gap 0.03), at two looks
 * in a row. The evidence is in thresholds: the larger one of the two for D, the smaller one for D&.
 *
 * <p>Guarantee: none by theory. In the pilot 0 of 118 clean runs on MNIST raised D&, 1 of 118 D; D&
 * raised before harm in 97 and 90 % of the noisy ones (8 and 6 % before any influence could be
 * shown), D in 97 and 97 % (8 and 20 %).
 *
 * <p>Assumes a hold-out with the same label noise as the training set.
 *
 * <p>Blind spots: those that both have; for D, those that either has.
 */
final class FallWithGap extends SmoothedDetector {
  static final String EITHER = "fall_or_gap";
  static final String BOTH = "fall_and_gap";

  private final boolean both;

  private FallWithGap(String name, boolean both) {
    super(name, OnsetChannel.ONSET);
    this.both = both;
  }

  /** D. */
  static FallWithGap either() {
    return new FallWithGap(EITHER, false);
  }

  /** D&. */
  static FallWithGap both() {
    return new FallWithGap(BOTH, true);
  }

  @Override
  Reading test(LookView look, Signals signals) {
    Reason missing = signals.noHoldout();
    if (missing != null) {
      return Reading.unknown(missing);
    }
    double fall = signals.quarter.fall();
    double gap = signals.gap();
    double fallNeeded = both ? Constants.FALL_OF_BOTH : Constants.CONTRADICTION_FALL;
    double gapNeeded = both ? Constants.GAP_OF_BOTH : Constants.HOLDOUT_GAP;
    double evidence =
        both
            ? Math.min(fall / fallNeeded, gap / gapNeeded)
            : Math.max(fall / fallNeeded, gap / gapNeeded);
    boolean raised =
        both ? fall >= fallNeeded && gap >= gapNeeded : fall >= fallNeeded || gap >= gapNeeded;
    Reason why =
        Reason.of(
            "confident training examples contradict their labels %.1f points less than at most"
                + " (threshold %.1f) %s %.1f points less than the hold-out does (threshold %.1f)",
            100 * fall, 100 * fallNeeded, both ? "and" : "or", 100 * gap, 100 * gapNeeded);
    return Reading.of(raised, evidence, 1, why)
        .datedBack(
            raised && fall >= fallNeeded ? signals.quarter.maximumStep() : Reading.NO_ESTIMATE);
  }
}
