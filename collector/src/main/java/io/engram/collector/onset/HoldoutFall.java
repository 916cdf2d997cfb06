package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.MonitoredView;
import io.engram.events.ExampleRole;
import io.engram.events.OnsetChannel;
import io.engram.events.RunStarted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * The hold-out is predicted as labelled less often than at its best look, by an exact paired test
 * on the same examples. Labels of the hold-out may be noisy: with labels drawn uniformly, its
 * agreement is highest where accuracy on true labels is (Toner and Storkey 2024).
 *
 * <p>Guarantee: with a chance of at least 1 - {@code falseAlarm} over the whole run it does not
 * claim that accuracy on the hold-out's labels fell between two looks of which the later one is no
 * worse on the population that the hold-out was drawn from; see {@link PairedExtremum}.
 *
 * <p>Assumes that the hold-out was drawn at random and nothing was chosen by it.
 *
 * <p>Blind spots: small falls on small hold-outs (of 500, about 4 points are needed); comes after
 * the harm; a fall may pass. In the pilot a fall of 3 points came in time in about 10 % of noisy
 * runs.
 */
final class HoldoutFall implements OnsetDetector {
  static final String NAME = "holdout_fall";

  private final PairedExtremum wrong;

  HoldoutFall(RunStarted.Onset settings) {
    wrong = new PairedExtremum(settings.falseAlarm());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public OnsetChannel channel() {
    return OnsetChannel.HARM;
  }

  @Override
  public Reading onLook(LookView look, Signals signals) {
    Optional<MonitoredView> holdout = look.role(ExampleRole.HOLDOUT);
    if (holdout.isEmpty() || holdout.get().size() == 0) {
      return Reading.unknown(Reason.of("no hold-out examples are monitored"));
    }
    MonitoredView view = holdout.get();
    boolean[] disagrees = new boolean[view.size()];
    for (int i = 0; i < disagrees.length; i++) {
      disagrees[i] = view.predicted()[i] != view.given()[i];
    }
    wrong.onLook(look.step(), disagrees);
    if (!wrong.isComparable()) {
      return Reading.unknown(Reason.of("a first look has none to be compared with"));
    }
    Reason why =
        Reason.of(
            "%d more of the %d hold-out examples are predicted otherwise than labelled than at the"
                + " best look, step %d (-log10 p %.1f, threshold %.1f)",
            wrong.gain(),
            disagrees.length,
            wrong.referenceStep(),
            wrong.evidence(),
            wrong.threshold());
    return Reading.of(wrong.isRaised(), wrong.evidence(), wrong.threshold(), why)
        .datedBack(wrong.isRaised() ? wrong.referenceStep() : Reading.NO_ESTIMATE);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    wrong.save(out);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    wrong.restore(in);
  }
}
