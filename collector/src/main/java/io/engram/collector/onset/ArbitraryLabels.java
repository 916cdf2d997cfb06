package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.events.OnsetChannel;

/**
 * H, labels that are arbitrary rather than hard, by the hold-out: of its most confident half at
 * least 0.025 is labelled arbitrarily, see {@link Signals#arbitrary}, and these are at least half
 * of all that contradict their label; both averaged over an epoch, at two looks in a row. A gate
 * for hard clean data, where the right label of a contradicted example stands high among the other
 * classes: there {@link LabelNoise} raises and this stays quiet. Labels of the hold-out are never
 * trained on, so what it says does not fade as training labels are fitted, and it can tell of noise
 * that was fitted within the burn-in.
 *
 * <p>Guarantee: none by theory, and not in the pilot; no channel goes by it. The one half was
 * chosen on the first five runs that it was tried on, in sample: it parted them, and was not moved
 * since.
 *
 * <p>Assumes a hold-out with the same label noise as the training set.
 *
 * <p>Blind spots: labels that are wrong in the way in which examples are hard (cat for dog) cannot
 * be told from hard examples by such means, nor labels that are confused systematically once the
 * network has learned to expect it (pair flips); with two classes no label has a standing; on hard
 * data, wrong labels below about 15 %.
 */
final class ArbitraryLabels extends SmoothedDetector {
  static final String NAME = "arbitrary_labels";

  ArbitraryLabels() {
    super(NAME, OnsetChannel.ONSET);
  }

  @Override
  Reading test(LookView look, Signals signals) {
    Reason missing = signals.noHoldout();
    if (missing != null) {
      return Reading.unknown(missing);
    }
    if (look.roles().get(0).classes() < 3) {
      return Reading.unknown(
          Reason.of("with two classes an arbitrary label cannot be told from a hard one"));
    }
    double arbitrary = signals.holdoutArbitrary.mean();
    double contradicted = signals.holdoutHalf.mean();
    double share = contradicted > 0 ? arbitrary / contradicted : 0;
    boolean raised =
        arbitrary >= Constants.NOISE_PRESENT && share >= Constants.ARBITRARY_OF_CONTRADICTED;
    double evidence =
        Math.min(arbitrary / Constants.NOISE_PRESENT, share / Constants.ARBITRARY_OF_CONTRADICTED);
    Reason why =
        Reason.of(
            "%.1f %% of the confident half of the hold-out contradict their label, and %.0f %% of"
                + " these labels are arbitrary (thresholds %.1f %% arbitrary in all, %.0f %%)",
            100 * contradicted,
            100 * share,
            100 * Constants.NOISE_PRESENT,
            100 * Constants.ARBITRARY_OF_CONTRADICTED);
    return Reading.of(raised, evidence, 1, why);
  }
}
