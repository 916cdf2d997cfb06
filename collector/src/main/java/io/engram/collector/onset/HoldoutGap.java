package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.events.OnsetChannel;

/**
 * B, training labels are contradicted less than labels of the same kind that were never trained on:
 * the contradicted share of the most confident half of the hold-out is at least 0.04 above that of
 * the training examples, both averaged over an epoch, at two looks in a row.
 *
 * <p>Guarantee: none by theory; as a part of D in the pilot, see {@link FallWithGap}.
 *
 * <p>Assumes a hold-out with the same label noise as the training set.
 *
 * <p>Blind spots: any fitting of the training set opens the gap, right labels of hard examples
 * included: hard clean data, and inputs replaced by noise, raise it without harm.
 */
final class HoldoutGap extends SmoothedDetector {
  static final String NAME = "holdout_gap";

  HoldoutGap() {
    super(NAME, OnsetChannel.ONSET);
  }

  @Override
  Reading test(LookView look, Signals signals) {
    Reason missing = signals.noHoldout();
    if (missing != null) {
      return Reading.unknown(missing);
    }
    double gap = signals.gap();
    Reason why =
        Reason.of(
            "of the most confident half, %.1f %% of the hold-out and %.1f %% of the training"
                + " examples contradict their given label (gap %.1f points, threshold %.1f)",
            100 * signals.holdoutHalf.mean(),
            100 * signals.half.mean(),
            100 * gap,
            100 * Constants.HOLDOUT_GAP);
    return Reading.of(gap >= Constants.HOLDOUT_GAP, gap, Constants.HOLDOUT_GAP, why);
  }
}
