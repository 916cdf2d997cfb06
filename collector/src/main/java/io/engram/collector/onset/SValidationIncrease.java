package io.engram.collector.onset;

import io.engram.collector.aggregate.SValidationScore;
import io.engram.collector.aggregate.SValidationSeriesSnapshot;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.events.OnsetChannel;
import org.jspecify.annotations.Nullable;

/**
 * s-validation (Chaibub Neto 2018) beside its controls, reported and never raised: by how much the
 * centre of the permutation null on the network's features, at the latest checkpoint, lies over the
 * higher one of those on the untrained network's features and on the pixels; the largest over the
 * sets of perturbed copies. A share of the examples, -1 to 1, without a threshold.
 *
 * <p>Guarantee: none. Assumes scores of one classifier on the same examples and sets; UNKNOWN until
 * both controls and a later checkpoint were scored, for without them an identity that the features
 * kept cannot be told from one that training put there.
 *
 * <p>Blind spots: speaks of identity retained in features, not of wrong labels; comes as seldom as
 * the probe measures.
 */
final class SValidationIncrease implements OnsetDetector {
  static final String NAME = "svalidation_increase";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable OnsetChannel channel() {
    return null;
  }

  @Override
  public Reading onScored(SValidationSnapshot scores) {
    SValidationSeriesSnapshot series = scores.live();
    SValidationScore latest = series == null ? null : series.latest();
    if (series == null || latest == null) {
      return Reading.unknown(Reason.of("no checkpoint was scored"));
    }
    SValidationScore untrained = series.untrained();
    SValidationScore pixels = series.pixels();
    if (untrained == null || pixels == null) {
      return Reading.unknown(
          Reason.of(
              "the control is missing: %s",
              untrained == null ? "the untrained network, step 0" : "the pixels"));
    }
    if (latest.equals(untrained)) {
      return Reading.unknown(Reason.of("no checkpoint but the untrained network was scored"));
    }
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int set = 0; set < series.sets().size(); set++) {
      double increase = latest.centre(set) - Math.max(untrained.centre(set), pixels.centre(set));
      best = increase > most ? set : best;
      most = Math.max(most, increase);
    }
    Reason why =
        Reason.of(
            "at step %d the null of set %s has its centre at %.3f; on the untrained network %.3f, on"
                + " the pixels %.3f (%s; reported, never raised)",
            latest.step(),
            series.sets().get(best),
            latest.centre(best),
            untrained.centre(best),
            pixels.centre(best),
            series.classifier());
    return Reading.of(false, most, Double.NaN, why);
  }
}
