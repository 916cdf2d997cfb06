package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.MonitoredView;
import io.engram.events.ExampleRole;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What several detectors go by: the shares of confident examples that contradict their given label.
 *
 * <p>Why: before wrong labels act on a network, its confidence cannot depend on whether a label is
 * wrong, so the contradicted share of the confident examples is about the rate of wrong labels, and
 * hard examples with a right label are not among the confident ones. Once the labels act,
 * contradicted examples lose confidence and leave the confident ones, and the share falls before a
 * single prediction changes.
 */
final class Signals {
  /** Contradicted share of the most confident quarter of the training examples. */
  final History quarter = new History();

  /** The same of the most confident half. */
  final History half = new History();

  /** The same of the most confident half of the hold-out. */
  final History holdoutHalf = new History();

  /** Of the most confident half of the hold-out, how much is labelled arbitrarily. */
  final History holdoutArbitrary = new History();

  /** Agreement of training predictions with what was held of late. */
  final History consensus = new History();

  private long step = -1;
  private boolean wentBack;
  private @Nullable Reason notReady = Reason.of("nothing was looked at yet");
  private @Nullable Reason noNoise = notReady;
  private @Nullable Reason noHoldout;

  void onLook(LookView look) {
    wentBack = look.step() < step;
    step = look.step();
    MonitoredView training = look.role(ExampleRole.TRAINING).orElse(null);
    notReady = tooFew(training, Constants.CONFIDENT_QUARTER, "training");
    noNoise = notReady;
    if (training == null || notReady != null) {
      return;
    }
    notReady = burnIn(look, training, Constants.BURN_IN);
    noNoise = burnIn(look, training, Constants.NOISE_BURN_IN);
    boolean counts = notReady == null;
    long epoch = look.stepsPerEpoch();
    MostConfident confident = new MostConfident(training);
    quarter.append(step, confident.contradicted(Constants.CONFIDENT_QUARTER), epoch, counts);
    half.append(step, confident.contradicted(Constants.CONFIDENT_HALF), epoch, counts);
    consensus.append(step, agreementWithConsensus(training), epoch, counts);
    MonitoredView holdout = look.role(ExampleRole.HOLDOUT).orElse(null);
    noHoldout = tooFew(holdout, Constants.CONFIDENT_HALF, "hold-out");
    if (holdout != null && noHoldout == null) {
      MostConfident other = new MostConfident(holdout);
      holdoutHalf.append(step, other.contradicted(Constants.CONFIDENT_HALF), epoch, counts);
      holdoutArbitrary.append(step, other.arbitrary(Constants.CONFIDENT_HALF), epoch, counts);
    }
  }

  /** Null if there are enough. */
  private static @Nullable Reason tooFew(@Nullable MonitoredView view, double share, String role) {
    if (view == null || MostConfident.count(view, share) == 0) {
      return Reason.of("no %s examples are monitored", role);
    }
    return MostConfident.count(view, share) >= Constants.FEWEST_CONFIDENT
        ? null
        : Reason.of(
            "%d monitored %s examples are too few, at least %d are needed",
            view.size(), role, Math.round(Constants.FEWEST_CONFIDENT / share));
  }

  /** The first step at which falls and gaps may decide. */
  static long burnIn(int stepsPerEpoch) {
    return Math.round(Constants.BURN_IN * LookView.timeConstant(stepsPerEpoch));
  }

  /** Null once it is over, and the means have seen a time constant. */
  private static @Nullable Reason burnIn(
      LookView look, MonitoredView training, double timeConstants) {
    long until =
        Math.max(
            Math.round(timeConstants * look.timeConstant()),
            training.meansFrom() + (long) Math.ceil(look.timeConstant()));
    return look.step() >= until
        ? null
        : Reason.of("burn-in: until step %d nothing is decided from means over looks", until);
  }

  /** Whether the latest look is of an earlier step than the one before. */
  boolean wentBack() {
    return wentBack;
  }

  /** Why nothing can be told from falls on the training examples; null if something can. */
  @Nullable Reason notReady() {
    return notReady;
  }

  /** Why the presence of noise cannot be told; null if it can. */
  @Nullable Reason noNoise() {
    return noNoise;
  }

  /** Why nothing can be told from the hold-out; null if something can. */
  @Nullable Reason noHoldout() {
    return notReady == null ? noHoldout : notReady;
  }

  /**
   * Share of wrong labels: the contradicted share of the confident half, of the hold-out where
   * there is one, since there it does not fall when labels are fitted; NaN while nothing can be
   * told. In the pilot rates of .09, .18, .36 and .54 read .10, .19, .40 and .60 and more.
   */
  double flipRate() {
    if (notReady != null) {
      return Double.NaN;
    }
    return noHoldout == null ? holdoutHalf.mean() : half.mean();
  }

  /** Fall of the contradicted share of the confident half, as a share of its greatest value. */
  double fitted() {
    return notReady == null && half.maximum() > 0 ? half.fall() / half.maximum() : Double.NaN;
  }

  /**
   * By how much the hold-out's confident half contradicts its labels more than that of training.
   */
  double gap() {
    return holdoutHalf.mean() - half.mean();
  }

  private static double agreementWithConsensus(MonitoredView view) {
    int agreeing = 0;
    for (int i = 0; i < view.size(); i++) {
      agreeing += view.predicted()[i] == view.consensus()[i] ? 1 : 0;
    }
    return (double) agreeing / view.size();
  }

  void save(DataOutput out) throws IOException {
    for (History history : histories()) {
      history.save(out);
    }
    out.writeLong(step);
    out.writeBoolean(wentBack);
    ReadingIo.write(notReady, out);
    ReadingIo.write(noNoise, out);
    ReadingIo.write(noHoldout, out);
  }

  void restore(DataInput in) throws IOException {
    for (History history : histories()) {
      history.restore(in);
    }
    step = in.readLong();
    wentBack = in.readBoolean();
    notReady = ReadingIo.readReason(in);
    noNoise = ReadingIo.readReason(in);
    noHoldout = ReadingIo.readReason(in);
  }

  private History[] histories() {
    return new History[] {quarter, half, holdoutHalf, holdoutArbitrary, consensus};
  }
}
