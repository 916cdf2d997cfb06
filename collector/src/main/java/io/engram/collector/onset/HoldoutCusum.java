package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.MonitoredView;
import io.engram.events.ExampleRole;
import io.engram.events.OnsetChannel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * The cumulative sum (Page 1954) of how far agreement with the hold-out's labels is under its best
 * mean over an epoch: S becomes max(0, S + shortfall / standard error - 1/2) at each look and
 * raises at 5, the usual design (Montgomery, Introduction to Statistical Quality Control). For
 * comparison with {@link HoldoutFall}, which has a guarantee.
 *
 * <p>Guarantee: none. The usual run lengths hold for independent looks at fresh examples; these are
 * dependent looks at the same ones, and the best of several means is too high by chance.
 *
 * <p>Assumes a hold-out drawn at random. Blind spots: as {@link HoldoutFall}; a small lasting
 * shortfall adds up to an alarm with the number of looks.
 */
final class HoldoutCusum implements OnsetDetector {
  static final String NAME = "holdout_cusum";

  private final History agreement = new History();
  private double sum;
  private long zeroStep;

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
    int agreeing = 0;
    for (int i = 0; i < view.size(); i++) {
      agreeing += view.predicted()[i] == view.given()[i] ? 1 : 0;
    }
    double share = (double) agreeing / view.size();
    double best = agreement.maximum();
    agreement.append(look.step(), share, look.stepsPerEpoch(), true);
    if (Double.isNaN(best)) {
      return Reading.unknown(Reason.of("a first look has none to be compared with"));
    }
    double error = Math.sqrt(Math.max(best * (1 - best), 1.0 / view.size()) / view.size());
    double before = signals.wentBack() ? 0 : sum;
    sum = Math.max(0, before + (best - share) / error - Constants.CUSUM_ALLOWANCE);
    zeroStep = sum == 0 || signals.wentBack() ? look.step() : zeroStep;
    boolean raised = sum >= Constants.CUSUM_LIMIT;
    Reason why =
        Reason.of(
            "%.1f %% of the hold-out are predicted as labelled, %.1f at best; the shortfalls add up"
                + " to %.1f standard errors (threshold %.1f)",
            100 * share, 100 * best, sum, Constants.CUSUM_LIMIT);
    return Reading.of(raised, sum, Constants.CUSUM_LIMIT, why)
        .datedBack(raised ? zeroStep : Reading.NO_ESTIMATE);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    agreement.save(out);
    out.writeDouble(sum);
    out.writeLong(zeroStep);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    agreement.restore(in);
    sum = in.readDouble();
    zeroStep = in.readLong();
  }
}
