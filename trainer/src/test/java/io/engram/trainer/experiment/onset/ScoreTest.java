package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final GroundTruth HARMED = Made.truth(10, 0.1, 0.9, 0.8, 0.7);
  private static final GroundTruth PLATEAU = Made.truth(50, 0.1, 0.9, 0.9, 0.9);

  @Test
  void eachRunCountsAsWhatItIs() {
    Score score =
        Score.of(
            List.of(
                Made.outcome(HARMED, 10),
                Made.outcome(HARMED, 20),
                Made.outcome(HARMED, -1),
                Made.outcome(PLATEAU, 20),
                Made.outcome(PLATEAU, 40)));

    assertThat(score.runs()).isEqualTo(5);
    assertThat(score.memorized()).isEqualTo(5);
    assertThat(score.harmed()).isEqualTo(3);
    assertThat(score.raised()).isEqualTo(4);
    assertThat(score.inTime()).as("one late, one never").isEqualTo(3);
    assertThat(score.premature()).as("three epochs before T_mem").isEqualTo(1);
    assertThat(score.lagSteps()).as("of 0, 10, -30, -10").isEqualTo(-5);
    assertThat(score.lagEpochs().median()).isEqualTo(-0.5);
    assertThat(score.peakLagEpochs()).as("of 0 and 1").isEqualTo(0.5);
    assertThat(score.lost()).as("of 0 and 0.1").isEqualTo(0.05, within(1e-12));
    assertThat(score.saved()).as("of 0.2 and 0.1").isEqualTo(0.15, within(1e-12));
  }

  @Test
  void anAlarmWhereNothingIsMemorizedIsPremature() {
    assertThat(Score.of(List.of(Made.outcome(Made.truth(-1, 0.1, 0.9), 5))).premature())
        .isEqualTo(1);
  }

  @Test
  void noRunHasNoMedian() {
    assertThat(Score.of(List.of()).lagSteps()).isNaN();
  }

  @Test
  void theChanceOfSignedRanksIsThatOfAllSigns() {
    Random random = new Random(3);
    for (int trial = 0; trial < 60; trial++) {
      double[] differences = new double[1 + random.nextInt(9)];
      for (int i = 0; i < differences.length; i++) {
        differences[i] = random.nextInt(9) - 4;
      }

      assertThat(SignedRanks.p(differences)).isCloseTo(naive(differences), within(1e-12));
    }
    assertThat(SignedRanks.p(new double[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .as("tabulated: 2 / 2^8")
        .isEqualTo(2 / 256.0, within(1e-12));
  }

  private static double naive(double[] all) {
    double[] pairs = Arrays.stream(all).filter(d -> d != 0).toArray();
    int n = pairs.length;
    double[] ranks = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double other = Math.abs(pairs[j]);
        double own = Math.abs(pairs[i]);
        ranks[i] += other < own ? 1 : other == own ? 0.5 : 0;
      }
      ranks[i] += 0.5;
    }
    double total = Arrays.stream(ranks).sum();
    double observed = 0;
    for (int i = 0; i < n; i++) {
      observed += pairs[i] > 0 ? ranks[i] : 0;
    }
    int asExtreme = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
      }
      asExtreme += sum <= Math.min(observed, total - observed) + 1e-9 ? 1 : 0;
    }
    return Math.min(1, 2.0 * asExtreme / (1 << n));
  }

  @Test
  void aShiftedThresholdRaisesAsTheRuleSays() {
    Random random = new Random(4);
    List<Score.Outcome> silent = outcomes(random, PLATEAU);
    List<Score.Outcome> onset = outcomes(random, HARMED);
    TradeOff tradeOff = new TradeOff(silent, onset);

    for (double shift = -2; shift < 2; shift += 0.125) {
      assertThat(tradeOff.falseAlarms(shift)).isEqualTo(naive(silent, shift));
      assertThat(tradeOff.inTime(shift)).isEqualTo(naive(onset, shift));
    }
    double none = tradeOff.shift(0);
    assertThat(naive(silent, none)).isZero();
    assertThat(naive(silent, Math.nextDown(none))).isPositive();
    assertThat(tradeOff.falseAlarms(tradeOff.shift(0.1))).isLessThanOrEqualTo(silent.size() / 10);
  }

  private static List<Score.Outcome> outcomes(Random random, GroundTruth truth) {
    return IntStream.range(0, 40)
        .mapToObj(
            i ->
                Made.outcome(
                    truth, -1, random.doubles(3, -1, 1).map(d -> Math.rint(8 * d) / 8).toArray()))
        .toList();
  }

  /** Looks at steps 0, 10 and 20; harm is at step 11. */
  private static int naive(List<Score.Outcome> outcomes, double shift) {
    int raised = 0;
    for (Score.Outcome outcome : outcomes) {
      double[] margins = outcome.raised().margins();
      boolean first = margins[0] >= shift && margins[1] >= shift;
      boolean second = margins[1] >= shift && margins[2] >= shift;
      raised += first || (second && outcome.truth() == PLATEAU) ? 1 : 0;
    }
    return raised;
  }
}
