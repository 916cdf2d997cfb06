package io.engram.events.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.NullScores;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final int N = 2_000;

  /** 100 scores around a centre, 990 to 1009 for 1,000. */
  private static int[] around(int centre) {
    return IntStream.range(0, 100).map(b -> centre - 10 + b % 20).toArray();
  }

  private static Judgement judged(int observed, int centre, int... repeats) {
    return Judgement.of(new NullScores(observed, repeats, around(centre)), N, N / 2);
  }

  @Test
  void theFourVerdictsOfThePaperAndTwoMore() {
    assertThat(judged(1_700, 1_400).verdict()).isEqualTo(Verdict.MEMORIZED_AND_LEARNED);
    assertThat(judged(1_400, 1_400).verdict()).isEqualTo(Verdict.MEMORIZED);
    assertThat(judged(1_200, 1_000).verdict()).isEqualTo(Verdict.LEARNED);
    assertThat(judged(1_005, 1_000).verdict()).isEqualTo(Verdict.NEITHER);
    assertThat(judged(1_300, 1_400).verdict()).isEqualTo(Verdict.BELOW_NULL);
    assertThat(judged(1_400, 1_040).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void theObservedScoresNoiseMakesACloseCallUndecided() {
    assertThat(judged(1_412, 1_400).verdict()).isEqualTo(Verdict.MEMORIZED_AND_LEARNED);
    assertThat(judged(1_412, 1_400, 1_402, 1_422).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void aBelowChanceObservedScoreIsNoLearning() {
    assertThat(judged(900, 1_000).verdict()).isEqualTo(Verdict.NEITHER);
  }

  @Test
  void fewPermutationsAskForADistance() {
    int[] null20 = IntStream.range(0, 20).map(b -> 1_390 + b).toArray();
    assertThat(Judgement.of(new NullScores(1_411, new int[0], null20), N, 1_000).verdict())
        .isEqualTo(Verdict.MEMORIZED);
    assertThat(Judgement.of(new NullScores(1_450, new int[0], null20), N, 1_000).verdict())
        .isEqualTo(Verdict.MEMORIZED_AND_LEARNED);
  }

  @Test
  void chanceIsTheShareOfTheMostCommonClass() {
    NullScores scores = new NullScores(1_400, new int[0], around(1_400));
    assertThat(Judgement.of(scores, N, 1_400).verdict()).isEqualTo(Verdict.NEITHER);
    assertThat(Judgement.of(scores, N, 1_400).chance()).isEqualTo(0.7);
  }

  /** Against R: x = c(1, 2, 4, 8, 16), quantile(x, type = 7), sd(x). */
  @Test
  void summaries() {
    Judgement judgement =
        Judgement.of(new NullScores(8, new int[] {6, 10}, new int[] {16, 1, 8, 2, 4}), 100, 50);
    assertThat(judgement.permutations()).isEqualTo(5);
    assertThat(judgement.mean()).isCloseTo(0.062, within(1e-12));
    assertThat(judgement.deviation()).isCloseTo(0.0609918027, within(1e-9));
    assertThat(judgement.lower()).isCloseTo(0.011, within(1e-12));
    assertThat(judgement.lowerQuartile()).isEqualTo(0.02);
    assertThat(judgement.median()).isEqualTo(0.04);
    assertThat(judgement.upperQuartile()).isEqualTo(0.08);
    assertThat(judgement.upper()).isCloseTo(0.152, within(1e-12));
    assertThat(judgement.noise()).isCloseTo(0.02, within(1e-12));
    assertThat(judgement.z()).isCloseTo(0.018 / Math.hypot(0.0609918027, 0.02), within(1e-7));
    assertThat(judgement.pAbove()).isEqualTo(3.0 / 6);
    assertThat(judgement.pBelow()).isEqualTo(5.0 / 6);
  }

  @Test
  void whatAControlShowsIsNotAttributableToTraining() {
    Judgement both = judged(1_700, 1_400);
    Judgement memorized = judged(1_400, 1_400);
    Judgement neither = judged(1_005, 1_000);
    assertThat(Attribution.of(both, neither, memorized).attributableToTraining()).isTrue();
    assertThat(Attribution.of(both, judged(1_600, 1_300), neither).attributableToTraining())
        .isFalse();
    assertThat(Attribution.of(both, neither, both).attributableToTraining()).isFalse();
    assertThat(Attribution.of(judged(1_400, 1_040), neither, neither).attributableToTraining())
        .isFalse();
    Attribution increments = Attribution.of(both, judged(1_600, 1_300), neither);
    assertThat(increments.centreIncrease()).isCloseTo(0.05, within(1e-12));
    assertThat(increments.observedIncrease()).isCloseTo(0.05, within(1e-12));
    assertThat(increments.untrainedShowsIt()).isTrue();
    assertThat(increments.pixelsShowIt()).isFalse();
  }

  @Test
  void oneControlIsEnoughForNoAndBothAreNeededForYes() {
    Judgement both = judged(1_700, 1_400);
    Judgement undecided = judged(1_400, 1_040);
    Judgement neither = judged(1_005, 1_000);

    assertThat(Attribution.of(both, neither, neither).attributable()).isEqualTo(Attributable.YES);
    assertThat(Attribution.of(both, null, both).attributable()).isEqualTo(Attributable.NO);
    assertThat(Attribution.of(both, both, null).attributable()).isEqualTo(Attributable.NO);
    assertThat(Attribution.of(both, null, neither).attributable()).isEqualTo(Attributable.UNKNOWN);
    assertThat(Attribution.of(both, neither, null).attributable()).isEqualTo(Attributable.UNKNOWN);
    assertThat(Attribution.of(both, undecided, neither).attributable())
        .isEqualTo(Attributable.UNKNOWN);
    assertThat(Attribution.of(undecided, neither, neither).attributable())
        .isEqualTo(Attributable.UNKNOWN);
    assertThat(Attribution.of(neither, both, both).attributable()).isEqualTo(Attributable.NO);
    assertThat(Attribution.of(both, null, neither).centreIncrease()).isNaN();
  }
}
