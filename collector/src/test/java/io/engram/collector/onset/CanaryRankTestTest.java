package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.LookView;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryRankTestTest {
  private static final OnsetSettings TENTH = new OnsetSettings(0.1, Double.NaN);

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
    OnsetSettings percent = OnsetSettings.DEFAULTS;
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

  /**
   * Networks that drift and never see the labels: scores of the wrong classes are walks, so looks
   * depend on each other. 10,000 runs of 12 looks at the level 10 %; the level must hold, and not
   * by being far too careful.
   */
  @Test
  void keepsItsLevelOverWholeRuns() {
    int runs = 10_000;
    int raised = 0;
    SplittableRandom random = new SplittableRandom(17);
    for (int run = 0; run < runs; run++) {
      raised += nullRunRaises(random, 12, 6, 12) ? 1 : 0;
    }
    double share = (double) raised / runs;
    double error = Math.sqrt(0.1 * 0.9 / runs);
    assertThat(share).isLessThan(0.1 + 3 * error).isGreaterThan(0.01);
  }

  private static boolean nullRunRaises(
      SplittableRandom random, int canaries, int classes, int looks) {
    int[] label = random.ints(canaries, 0, classes - 1).toArray();
    double[][] score = new double[canaries][classes - 1];
    CanaryRankTest test = new CanaryRankTest(TENTH);
    Signals signals = new Signals();
    for (int k = 1; k <= looks; k++) {
      long sum = 0;
      for (int i = 0; i < canaries; i++) {
        for (int c = 0; c < classes - 1; c++) {
          score[i][c] = 0.7 * score[i][c] + random.nextDouble();
        }
        for (int c = 0; c < classes - 1; c++) {
          sum += score[i][c] < score[i][label[i]] ? 1 : 0;
        }
      }
      LookView look = Looks.regular(k, Looks.canaries(classes, canaries, sum));
      if (test.onLook(look, signals).isRaised()) {
        return true;
      }
    }
    return false;
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
    assertThat(Looks.firstRaised(new CanaryRankTest(OnsetSettings.DEFAULTS), looks))
        .isBetween(25, 45);
  }
}
