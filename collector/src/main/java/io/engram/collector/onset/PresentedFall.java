package io.engram.collector.onset;

import io.engram.collector.aggregate.PresentedView;
import io.engram.events.OnsetChannel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The fall of {@link ContradictionFall} seen in training's own forward passes, at no cost, for
 * comparison: of the presentations of the last epoch, the contradicted share of the most confident
 * quarter fell by at least 0.015 from its greatest value since the burn-in, at two quarters of an
 * epoch in a row. Dated back to the greatest value.
 *
 * <p>Guarantee: none; no channel goes by it. In the pilot what the free passes show was enough for
 * 66 to 69 % of the noisy runs.
 *
 * <p>Assumes what {@link ContradictionFall} assumes. Blind spots: its own, and more: each example
 * is seen once an epoch, by another network each, with dropout where there is any, so it comes
 * later; and a first epoch that is still counted hides a fall within it.
 */
final class PresentedFall implements OnsetDetector {
  static final String NAME = "presented_fall";

  private final History quarter = new History();
  private long step = -1;
  private int inARow;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public OnsetChannel channel() {
    return OnsetChannel.ONSET;
  }

  @Override
  public Reading onPresented(PresentedView presented) {
    boolean wentBack = presented.step() < step;
    step = presented.step();
    double share = presented.contradicted(Constants.CONFIDENT_QUARTER);
    if (presented.presentations() * Constants.CONFIDENT_QUARTER < Constants.FEWEST_CONFIDENT) {
      return unknown("%d presentations are too few", presented.presentations());
    }
    long burnIn = Signals.burnIn(presented.stepsPerEpoch());
    boolean counts = presented.wholeEpoch() && step >= burnIn;
    quarter.append(step, share, 1, counts);
    if (!counts) {
      return unknown("burn-in: until step %d nothing is decided from whole epochs", burnIn);
    }
    double fall = quarter.fall();
    boolean over = fall >= Constants.CONTRADICTION_FALL;
    inARow = over ? (wentBack ? 0 : inARow) + 1 : 0;
    boolean raised = inARow >= Constants.LOOKS_IN_A_ROW;
    Reason why =
        Reason.of(
            "of the most confident quarter of an epoch's presentations %.1f %% contradict their"
                + " given label, %.1f points fewer than at most (threshold %.1f)",
            100 * share, 100 * fall, 100 * Constants.CONTRADICTION_FALL);
    return Reading.of(raised, fall, Constants.CONTRADICTION_FALL, why)
        .datedBack(raised ? quarter.maximumStep() : Reading.NO_ESTIMATE);
  }

  private Reading unknown(String why, Object value) {
    inARow = 0;
    return Reading.unknown(Reason.of(why, value));
  }

  @Override
  public void save(DataOutput out) throws IOException {
    quarter.save(out);
    out.writeLong(step);
    out.writeInt(inARow);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    quarter.restore(in);
    step = in.readLong();
    inARow = in.readInt();
  }
}
