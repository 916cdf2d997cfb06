package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.events.OnsetChannel;

/**
 * N, the presence of labels that contradict what the network has learned: the contradicted share of
 * the most confident quarter of the training examples, averaged over an epoch, is at least 0.025 at
 * two looks in a row, of which the first may be at the end of epoch 1, or at step 25. It says that
 * wrong labels are there, not that they are being fitted.
 *
 * <p>Guarantee: none by theory. In the pilot 0 of 118 clean runs on MNIST raised it, and 97 to 100
 * % of the noisy ones.
 *
 * <p>Assumes that the network is seldom wrong where it is most confident, once it has trained for
 * an epoch and 25 steps.
 *
 * <p>Blind spots: hard clean data (a quarter of CIFAR-10's most confident examples is contradicted
 * with no noise at all) raise it; noise that is fitted before then is gone when it begins to look;
 * wrong labels below about 2.5 %.
 */
final class LabelNoise extends SmoothedDetector {
  static final String NAME = "label_noise";

  LabelNoise() {
    super(NAME, OnsetChannel.ONSET);
  }

  @Override
  Reading test(LookView look, Signals signals) {
    Reason missing = signals.noNoise();
    if (missing != null) {
      return Reading.unknown(missing);
    }
    double share = signals.quarter.mean();
    Reason why =
        Reason.of(
            "%.1f %% of the most confident quarter of the training examples contradict their given"
                + " label (threshold %.1f %%)",
            100 * share, 100 * Constants.NOISE_PRESENT);
    return Reading.of(share >= Constants.NOISE_PRESENT, share, Constants.NOISE_PRESENT, why);
  }
}
