package io.engram.collector.onset;

import io.engram.collector.aggregate.CriticalSamplesView;
import io.engram.events.OnsetChannel;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The critical sample ratio of validation examples (Arpit et al. 2017, §4) rose from its running
 * minimum at some radius, by an exact paired test on the same examples.
 *
 * <p>Guarantee: with a chance of at least 1 - {@code falseAlarm} over the whole run it does not
 * claim a rise between two searches between which the ratio on the population did not rise; see
 * {@link PairedExtremum}. The i-th radius has falseAlarm / (i (i + 1)) of it.
 *
 * <p>Assumes that the examples were drawn at random and never trained on, and that each search
 * takes the same random steps, as the events promise. Searches before the end of the burn-in do not
 * count: a network that answers the same to everything has no critical samples.
 *
 * <p>Blind spots: a ratio rises on clean data too while the boundary becomes complex, so a rise is
 * no proof of memorization; a search can miss critical samples. UNKNOWN where no validation
 * examples are searched around.
 */
final class CriticalSamplesRise implements OnsetDetector {
  static final String NAME = "critical_samples_rise";

  private final double falseAlarm;
  private final List<Rung> ladder = new ArrayList<>();

  CriticalSamplesRise(RunStarted.Onset settings) {
    falseAlarm = settings.falseAlarm();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public OnsetChannel channel() {
    return OnsetChannel.WARN;
  }

  @Override
  public Reading onSearch(boolean burnedIn, List<CriticalSamplesView> searches) {
    for (CriticalSamplesView search : searches) {
      if (burnedIn && search.split() == Split.VALIDATION) {
        rung(search.radius()).take(search);
      }
    }
    Rung best = null;
    for (Rung rung : ladder) {
      boolean comparable = rung.ratio.isComparable();
      best = comparable && (best == null || rung.excess() > best.excess()) ? rung : best;
    }
    if (best == null) {
      return Reading.unknown(
          Reason.of("no validation examples were searched around twice since the burn-in"));
    }
    PairedExtremum ratio = best.ratio;
    Reason why =
        Reason.of(
            "within radius %s, %d more examples have critical samples than at the fewest, step %d"
                + " (-log10 p %.1f, threshold %.1f)",
            best.radius, ratio.gain(), ratio.referenceStep(), ratio.evidence(), ratio.threshold());
    return Reading.of(ratio.isRaised(), ratio.evidence(), ratio.threshold(), why)
        .datedBack(ratio.isRaised() ? ratio.referenceStep() : Reading.NO_ESTIMATE);
  }

  private Rung rung(double radius) {
    for (Rung rung : ladder) {
      if (rung.radius == radius) {
        return rung;
      }
    }
    return add(radius);
  }

  private Rung add(double radius) {
    Rung fresh = new Rung(radius, AlphaSpending.at(ladder.size() + 1L, falseAlarm));
    ladder.add(fresh);
    return fresh;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeInt(ladder.size());
    for (Rung rung : ladder) {
      out.writeDouble(rung.radius);
      out.writeLong(rung.seen);
      rung.ratio.save(out);
    }
  }

  @Override
  public void restore(DataInput in) throws IOException {
    for (int n = in.readInt(); n > 0; n--) {
      Rung rung = add(in.readDouble());
      rung.seen = in.readLong();
      rung.ratio.restore(in);
    }
  }

  private static final class Rung {
    final double radius;
    final PairedExtremum ratio;
    long seen;

    Rung(double radius, double alpha) {
      this.radius = radius;
      ratio = new PairedExtremum(alpha);
    }

    void take(CriticalSamplesView search) {
      if (search.looks() == seen) {
        return;
      }
      seen = search.looks();
      boolean[] critical = new boolean[search.foundAt().length];
      for (int i = 0; i < critical.length; i++) {
        critical[i] = search.foundAt()[i] > 0;
      }
      ratio.onLook(search.step(), critical);
    }

    double excess() {
      return ratio.evidence() - ratio.threshold();
    }
  }
}
