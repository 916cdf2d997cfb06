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
import org.jspecify.annotations.Nullable;

/**
 * C, the rank test on canaries: the network has begun to know labels that can be known only by
 * having been told. Evidence is -log₁₀ of the chance that the sum of the labels' ranks among the
 * wrong classes is as high in a network that was never told.
 *
 * <p>Guarantee: in a network that does not depend on the canaries' labels it raises with a chance
 * of at most {@code falseAlarm} over the whole run, whatever the number of looks and however they
 * hang together. The null is exact, or bounded where that would take too long: each label is drawn
 * by the monitor, uniformly from the wrong classes and independently of all else, so given any
 * network each rank is uniform; ties count against an alarm. At look k it tests at level falseAlarm
 * / (k (k + 1)).
 *
 * <p>Assumes that the labels were drawn so. Needs neither burn-in nor hold-out nor true labels.
 *
 * <p>Blind spots: says nothing of harm or of label noise, for a canary is memorized on clean data
 * too; does not see the fitting of other labels than its own, such as labels that were confused
 * systematically. With two classes there is no rank and with no canaries no test.
 */
final class CanaryRankTest implements OnsetDetector {
  static final String NAME = "canary_rank";

  private final double falseAlarm;
  private @Nullable RankSumNull cached;
  private long tests;

  CanaryRankTest(RunStarted.Onset settings) {
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
  public Reading onLook(LookView look, Signals signals) {
    Optional<MonitoredView> canaries = look.role(ExampleRole.CANARY);
    if (canaries.isEmpty()) {
      return Reading.unknown(Reason.of("the run has no canaries"));
    }
    int classes = canaries.get().classes();
    int ranked = canaries.get().ranked();
    if (classes < 3) {
      return Reading.unknown(
          Reason.of("with two classes there is but one wrong label, and no rank"));
    }
    if (ranked == 0) {
      return Reading.unknown(Reason.of("no canary has both a known label and valid probabilities"));
    }
    tests++;
    long sum = canaries.get().rankSum();
    double chance = nullOf(ranked, classes - 1).atLeast(sum);
    double evidence = -Math.log10(Math.max(chance, Double.MIN_NORMAL));
    double threshold = -Math.log10(AlphaSpending.at(tests, falseAlarm));
    Reason why =
        Reason.of(
            "the labels of %d canaries rank at %.3f of 1 among the wrong classes, where chance has"
                + " 0.5 (p %.2g, level %.2g at look %d)",
            ranked,
            (double) sum / ranked / (classes - 2),
            chance,
            AlphaSpending.at(tests, falseAlarm),
            tests);
    return Reading.of(evidence >= threshold, evidence, threshold, why);
  }

  private RankSumNull nullOf(int terms, int values) {
    RankSumNull ready = cached;
    if (ready == null || !ready.isOf(terms, values)) {
      ready = new RankSumNull(terms, values);
      cached = ready;
    }
    return ready;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(tests);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    tests = in.readLong();
  }
}
