package io.engram.collector.onset;

import io.engram.collector.aggregate.SplitSnapshot;
import io.engram.events.OnsetChannel;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The noise ceiling (Song et al. 2019, Prestopping): training accuracy is higher than a network can
 * have that knows every true label and no noise. Evidence is -log₁₀ of the chance that so many
 * given labels are hit by a network that does not depend on the draw of the noise.
 *
 * <p>Guarantee: if each training label is, independently of the others, the true one with a chance
 * of at most c = 1 - {@code noiseRate}, and any wrong one with no greater chance, then in a network
 * that does not depend on which labels are wrong it raises with a chance of at most {@code
 * falseAlarm} over the whole run: the hits are stochastically no more than binomial (n, c),
 * whatever the network answers. At evaluation k it tests exactly at level falseAlarm / (k (k + 1)).
 *
 * <p>Assumes a right rate: with one that is too high it raises on clean data. UNKNOWN where no rate
 * was given.
 *
 * <p>Blind spots: fires only when so much noise is fitted that accuracy passes the ceiling, late
 * where the network does not know the true labels: in time in 9 and 15 % of the pilot's noisy runs.
 */
final class NoiseCeiling implements OnsetDetector {
  static final String NAME = "noise_ceiling";

  private final RunStarted.Onset settings;
  private long tests;

  NoiseCeiling(RunStarted.Onset settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public OnsetChannel channel() {
    return OnsetChannel.ONSET;
  }

  @Override
  public Reading onEvaluation(List<SplitSnapshot> splits) {
    double rate = settings.noiseRate();
    Optional<SplitSnapshot> training =
        splits.stream().filter(split -> split.split() == Split.TRAIN).findFirst();
    if (!(rate > 0)) {
      return Reading.unknown(Reason.of("no noise rate was given"));
    }
    if (training.isEmpty() || training.get().examples() < 1) {
      return Reading.unknown(Reason.of("the training set was not evaluated"));
    }
    tests++;
    long n = training.get().examples();
    long hits = training.get().correct();
    double ceiling = 1 - rate;
    double chance =
        hits == 0
            ? 1
            : BinomialDistribution.of(Math.toIntExact(n), ceiling)
                .survivalProbability(Math.toIntExact(hits) - 1);
    double evidence = -Math.log10(Math.max(chance, Double.MIN_NORMAL));
    double threshold = -Math.log10(AlphaSpending.at(tests, settings.falseAlarm()));
    Reason why =
        Reason.of(
            "%.1f %% of the training labels are hit, where %.1f %% is the most without knowing the"
                + " noise, at the rate given (-log10 p %.1f, threshold %.1f)",
            100 * training.get().accuracy(), 100 * ceiling, evidence, threshold);
    return Reading.of(evidence >= threshold, evidence, threshold, why);
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
