package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.LookView;
import io.engram.events.RunStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryRankTestTest {
  private static final RunStarted.Onset TENTH = new RunStarted.Onset(0.1, Double.NaN);

  private static List<LookView> looks(int count, long rankSum) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(k -> Looks.regular(k, Looks.canaries(10, 100, rankSum)))
        .toList();
  }

  /** The first look has half of the one percent, the second a sixth. */
  @Test
  void raisesWhereTheChanceIsBelowTheLevelOfTheLook() {
    RankSumNull exact = new RankSumNull(100, 9);
    int sum = 400;
    while (exact.atLeast(sum) > 0.005) {
      sum++;
    }
    RunStarted.Onset percent = RunStarted.Onset.DEFAULT;
    assertThat(Looks.firstRaised(new CanaryRankTest(percent), looks(1, sum))).isEqualTo(1);
    assertThat(Looks.firstRaised(new CanaryRankTest(percent), looks(40, sum - 1L))).isZero();
    Reading second = Looks.readings(new CanaryRankTest(percent), looks(2, sum)).get(1);
    assertThat(second.level()).as("the second look has a sixth").isEqualTo(OnsetLevel.QUIET);
    assertThat(Math.pow(10, -second.threshold())).isCloseTo(0.01 / 6, within(1e-12));
    assertThat(Math.pow(10, -second.evidence())).isCloseTo(exact.atLeast(sum), within(1e-12));
  }

  @Test
  void cannotTellWithoutCanariesOrWithTwoClasses() {
    CanaryRankTest test = new CanaryRankTest(TENTH);
    Signals signals = new Signals();
    assertThat(test.onLook(Looks.regular(1), signals).reason())
        .isEqualTo("the run has no canaries");
    Reading two = test.onLook(Looks.regular(2, Looks.canaries(2, 50, 0)), signals);
    assertThat(two.level()).isEqualTo(OnsetLevel.UNKNOWN);
    assertThat(two.reason()).startsWith("with two classes");
    assertThat(test.onLook(Looks.regular(3, Looks.canaries(10, 0, 0)), signals).level())
        .isEqualTo(OnsetLevel.UNKNOWN);
    assertThat(test.onLook(Looks.regular(4, Looks.canaries(3, 9, 9)), signals).level())
        .as("the looks that could not be judged spent nothing: 2^-9 of 10 % / 2")
        .isEqualTo(OnsetLevel.RAISED);
  }

  /** A tenth of the canaries have become known: their labels rank first. */
  @Test
  void seesInfluenceOnSomeOfTheCanaries() {
    SplittableRandom random = new SplittableRandom(3);
    List<LookView> looks = new ArrayList<>();
    for (int k = 1; k <= 60; k++) {
      int known = Math.max(0, 2 * (k - 20));
      long sum = 8L * Math.min(known, 100);
      for (int i = known; i < 100; i++) {
        sum += random.nextInt(9);
      }
      looks.add(Looks.regular(k, Looks.canaries(10, 100, sum)));
    }
    assertThat(Looks.firstRaised(new CanaryRankTest(RunStarted.Onset.DEFAULT), looks))
        .isBetween(25, 45);
  }
}
