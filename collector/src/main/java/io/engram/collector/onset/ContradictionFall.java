package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.events.OnsetChannel;

/**
 * A, labels that contradict what was learned begin to act: the contradicted share of the most
 * confident quarter of the training examples, averaged over an epoch, fell by at least 0.015 from
 * its greatest value since the burn-in, at two looks in a row. Contradicted examples lose
 * confidence before a single prediction changes. Needs neither canaries nor a hold-out. Dated back
 * to the look of the greatest value.
 *
 * <p>Guarantee: none by theory. In the pilot 0 of 118 clean runs on MNIST raised it, 97 and 90 % of
 * the noisy ones did before harm, 3 and 16 % before any influence could be shown.
 *
 * <p>Assumes what {@link LabelNoise} assumes, and at least four looks an epoch where a run is fast.
 *
 * <p>Blind spots: on hard clean data it sees hard examples being fitted and cannot tell them from
 * wrong labels; noise that is fitted within the burn-in; wrong labels below about 2 %.
 */
final class ContradictionFall extends SmoothedDetector {
  static final String NAME = "contradiction_fall";

  ContradictionFall() {
    super(NAME, OnsetChannel.ONSET);
  }

  @Override
  Reading test(LookView look, Signals signals) {
    Reason missing = signals.notReady();
    if (missing != null) {
      return Reading.unknown(missing);
    }
    double fall = signals.quarter.fall();
    boolean raised = fall >= Constants.CONTRADICTION_FALL;
    Reason why =
        Reason.of(
            "of the most confident quarter of the training examples %.1f %% contradict their given"
                + " label, %.1f points fewer than at most (threshold %.1f)",
            100 * signals.quarter.mean(), 100 * fall, 100 * Constants.CONTRADICTION_FALL);
    return Reading.of(raised, fall, Constants.CONTRADICTION_FALL, why)
        .datedBack(raised ? signals.quarter.maximumStep() : Reading.NO_ESTIMATE);
  }
}
