package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.MonitoredView;
import io.engram.events.ExampleRole;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

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
  private static final float MIDDLE = 0.5f;

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
  private String notReady = "nothing was looked at yet";
  private String noHoldout = "";

  void onLook(LookView look) {
    wentBack = look.step() < step;
    step = look.step();
    long burnIn = burnIn(look.stepsPerEpoch());
    MonitoredView training = look.role(ExampleRole.TRAINING).orElse(null);
    if (training == null || confident(training, Constants.CONFIDENT_QUARTER) == 0) {
      notReady = "no training examples are monitored";
      return;
    }
    if (confident(training, Constants.CONFIDENT_QUARTER) < Constants.FEWEST_CONFIDENT) {
      notReady =
          "%d monitored training examples are too few, at least %d are needed"
              .formatted(
                  training.size(),
                  Math.round(Constants.FEWEST_CONFIDENT / Constants.CONFIDENT_QUARTER));
      return;
    }
    boolean counts = step >= burnIn && step - training.meansFrom() >= look.timeConstant();
    notReady =
        counts
            ? ""
            : "burn-in: until step %d nothing is decided from means over looks"
                .formatted(
                    Math.max(burnIn, training.meansFrom() + (long) Math.ceil(look.timeConstant())));
    long epoch = look.stepsPerEpoch();
    quarter.append(step, contradicted(training, Constants.CONFIDENT_QUARTER), epoch, counts);
    half.append(step, contradicted(training, Constants.CONFIDENT_HALF), epoch, counts);
    consensus.append(step, agreementWithConsensus(training), epoch, counts);
    MonitoredView holdout = look.role(ExampleRole.HOLDOUT).orElse(null);
    if (holdout == null) {
      noHoldout = "the run monitors no hold-out";
    } else if (confident(holdout, Constants.CONFIDENT_HALF) < Constants.FEWEST_CONFIDENT) {
      noHoldout =
          "%d monitored hold-out examples are too few, at least %d are needed"
              .formatted(
                  holdout.size(),
                  Math.round(Constants.FEWEST_CONFIDENT / Constants.CONFIDENT_HALF));
    } else {
      noHoldout = "";
      holdoutHalf.append(step, contradicted(holdout, Constants.CONFIDENT_HALF), epoch, counts);
      holdoutArbitrary.append(step, arbitrary(holdout, Constants.CONFIDENT_HALF), epoch, counts);
    }
  }

  /** The first step at which smoothed signals may decide. */
  static long burnIn(int stepsPerEpoch) {
    return Math.max(Math.round(Constants.BURN_IN_EPOCHS * stepsPerEpoch), Constants.BURN_IN_STEPS);
  }

  /** Whether the latest look is of an earlier step than the one before. */
  boolean wentBack() {
    return wentBack;
  }

  /** Why nothing can be told from the training examples; empty if something can. */
  String notReady() {
    return notReady;
  }

  /** Why nothing can be told from the hold-out; empty if something can. */
  String noHoldout() {
    return notReady.isEmpty() ? noHoldout : notReady;
  }

  /**
   * Share of wrong labels: the contradicted share of the confident half, of the hold-out where
   * there is one, since there it does not fall when labels are fitted; NaN while nothing can be
   * told. In the pilot rates of .09, .18, .36 and .54 read .10, .19, .40 and .60 and more.
   */
  double flipRate() {
    if (!notReady.isEmpty()) {
      return Double.NaN;
    }
    return noHoldout.isEmpty() ? holdoutHalf.mean() : half.mean();
  }

  /** Fall of the contradicted share of the confident half, as a share of its greatest value. */
  double fitted() {
    return notReady.isEmpty() && half.maximum() > 0 ? half.fall() / half.maximum() : Double.NaN;
  }

  /**
   * By how much the hold-out's confident half contradicts its labels more than that of training.
   */
  double gap() {
    return holdoutHalf.mean() - half.mean();
  }

  private static int confident(MonitoredView view, double share) {
    return (int) Math.round(view.size() * share);
  }

  /** Share of the most confident examples whose held class is not their given label. */
  static double contradicted(MonitoredView view, double share) {
    int count = 0;
    int[] taken = mostConfident(view, share);
    for (int i : taken) {
      count += view.held()[i] == view.given()[i] ? 0 : 1;
    }
    return (double) count / taken.length;
  }

  /**
   * Share of the most confident examples whose label was drawn from all classes but the one held,
   * as Storey (2002) estimates a share of true null hypotheses: of labels so drawn half stand in
   * the lower half of these classes, where right labels of hard examples seldom stand. So it is
   * twice the share that stand there, those in the middle counting half; too high by twice the
   * share of right labels that stand there. 0 with two classes, where no label has a standing.
   */
  static double arbitrary(MonitoredView view, double share) {
    double low = 0;
    int[] taken = mostConfident(view, share);
    for (int i : taken) {
      float standing = view.standing()[i];
      low += standing < MIDDLE ? 1 : standing == MIDDLE ? MIDDLE : 0;
    }
    return low / MIDDLE / taken.length;
  }

  /** Of equally confident ones those that come first in the view. */
  private static int[] mostConfident(MonitoredView view, double share) {
    int[] taken = new int[confident(view, share)];
    float[] sorted = view.confidence().clone();
    Arrays.sort(sorted);
    float least = sorted[sorted.length - taken.length];
    int ties = taken.length;
    for (int i = sorted.length - 1; i >= 0 && sorted[i] > least; i--) {
      ties--;
    }
    int count = 0;
    for (int i = 0; i < view.size(); i++) {
      if (view.confidence()[i] > least || (view.confidence()[i] == least && ties-- > 0)) {
        taken[count++] = i;
      }
    }
    return taken;
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
    out.writeUTF(notReady);
    out.writeUTF(noHoldout);
  }

  void restore(DataInput in) throws IOException {
    for (History history : histories()) {
      history.restore(in);
    }
    step = in.readLong();
    wentBack = in.readBoolean();
    notReady = in.readUTF();
    noHoldout = in.readUTF();
  }

  private History[] histories() {
    return new History[] {quarter, half, holdoutHalf, holdoutArbitrary, consensus};
  }
}
