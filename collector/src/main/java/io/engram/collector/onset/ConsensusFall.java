package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.events.OnsetChannel;

/**
 * Predictions leave what was held: the share of training examples that are predicted as the class
 * of the mean of their probabilities over three epochs, averaged over an epoch, fell by at least
 * 0.01 from its greatest value since the burn-in, at two looks in a row. The channel HARM takes it
 * for harm only after ONSET.
 *
 * <p>Guarantee: none by theory. In the pilot, after ONSET, 0 of 118 clean runs on MNIST and 31 of
 * 34 and 33 of 39 noisy ones, but in only 53 and 36 % of these before half a point of accuracy was
 * lost: it confirms, it does not warn.
 *
 * <p>Assumes a learning rate that does not rise. Blind spots: harm within the burn-in, harm that
 * does not show on the training examples.
 */
final class ConsensusFall extends SmoothedDetector {
  static final String NAME = "consensus_fall";

  ConsensusFall() {
    super(NAME, OnsetChannel.HARM);
  }

  @Override
  Reading test(LookView look, Signals signals) {
    Reason missing = signals.notReady();
    if (missing != null) {
      return Reading.unknown(missing);
    }
    double fall = signals.consensus.fall();
    boolean raised = fall >= Constants.CONSENSUS_FALL;
    Reason why =
        Reason.of(
            "%.1f %% of the training examples are predicted as they were over three epochs, %.1f"
                + " points fewer than at most (threshold %.1f)",
            100 * signals.consensus.mean(), 100 * fall, 100 * Constants.CONSENSUS_FALL);
    return Reading.of(raised, fall, Constants.CONSENSUS_FALL, why)
        .datedBack(raised ? signals.consensus.maximumStep() : Reading.NO_ESTIMATE);
  }
}
