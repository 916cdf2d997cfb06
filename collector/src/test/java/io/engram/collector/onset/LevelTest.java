package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.CriticalSamplesView;
import io.engram.events.ExampleRole;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The chance of a false alarm over a whole run that some detectors claim, by simulation of runs in
 * which nothing is to be found: 10,000, or {@code -Dengram.onset.nulls=…}. Looks of a run depend on
 * each other.
 */
class LevelTest {
  private static final int RUNS = Integer.getInteger("engram.onset.nulls", 10_000);

  /** Chance that the test fails though a level is kept exactly, for each. */
  private static final double CHANCE = 1e-4;

  private static final Set<String> WITHOUT_A_CLAIM =
      Set.of(
          "label_noise",
          "contradiction_fall",
          "fall_and_gap",
          "fall_or_gap",
          "consensus_fall",
          "arbitrary_labels",
          "holdout_gap",
          "holdout_cusum",
          "label_wave",
          "presented_fall",
          "svalidation_increase");

  private static final TreeMap<String, Null> NULLS = new TreeMap<>();

  static {
    NULLS.put("canary_rank", LevelTest::canaries);
    NULLS.put("holdout_fall", LevelTest::holdout);
    NULLS.put("noise_ceiling", LevelTest::ceiling);
    NULLS.put("critical_samples_rise", LevelTest::searches);
  }

  /** Whether a detector raises in one run in which nothing is to be found. */
  private interface Null {
    boolean raises(SplittableRandom random, RunStarted.Onset settings);
  }

  static List<Arguments> claims() {
    List<Arguments> all = new ArrayList<>();
    for (String name : NULLS.keySet()) {
      all.add(Arguments.of(name, 0.1));
      all.add(Arguments.of(name, 0.01));
    }
    return all;
  }

  @Test
  void everyDetectorIsAnsweredFor() {
    Set<String> all = new TreeSet<>(NULLS.keySet());
    all.addAll(WITHOUT_A_CLAIM);
    assertThat(Detectors.all(RunStarted.Onset.DEFAULT))
        .extracting(OnsetDetector::name)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @ParameterizedTest
  @MethodSource("claims")
  void keepsItsLevelOverWholeRuns(String name, double level) {
    RunStarted.Onset settings = new RunStarted.Onset(level, 0.4);
    SplittableRandom random = new SplittableRandom(17);
    int raised = 0;
    for (int run = 0; run < RUNS; run++) {
      raised += NULLS.get(name).raises(random, settings) ? 1 : 0;
    }
    int most = BinomialDistribution.of(RUNS, level).inverseSurvivalProbability(CHANCE);
    assertThat(raised)
        .as("alarms in %d runs, the level allows %d", RUNS, most)
        .isBetween((int) (level * RUNS / 100), most);
  }

  /** Networks that drift and never see the labels: scores of the wrong classes are walks. */
  private static boolean canaries(SplittableRandom random, RunStarted.Onset settings) {
    int canaries = 12;
    int wrong = 5;
    int[] label = random.ints(canaries, 0, wrong).toArray();
    double[][] score = new double[canaries][wrong];
    CanaryRankTest test = new CanaryRankTest(settings);
    Signals signals = new Signals();
    for (int k = 1; k <= 12; k++) {
      long sum = 0;
      for (int i = 0; i < canaries; i++) {
        for (int c = 0; c < wrong; c++) {
          score[i][c] = 0.7 * score[i][c] + random.nextDouble();
        }
        for (int c = 0; c < wrong; c++) {
          sum += score[i][c] < score[i][label[i]] ? 1 : 0;
        }
      }
      if (test.onLook(Looks.regular(k, Looks.canaries(wrong + 1, canaries, sum)), signals)
          .isRaised()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Examples drawn at random, and networks whose accuracy goes nowhere while single answers do: one
   * in four is drawn anew.
   */
  private static void redraw(SplittableRandom random, int[] answers, boolean all) {
    for (int i = 0; i < answers.length; i++) {
      answers[i] = all || random.nextInt(4) == 0 ? random.nextInt(5) / 4 : answers[i];
    }
  }

  private static boolean holdout(SplittableRandom random, RunStarted.Onset settings) {
    HoldoutFall fall = new HoldoutFall(settings);
    Signals signals = new Signals();
    int[] predicted = new int[60];
    for (int k = 1; k <= 30; k++) {
      redraw(random, predicted, k == 1);
      if (fall.onLook(Looks.regular(k, Looks.predicted(ExampleRole.HOLDOUT, predicted)), signals)
          .isRaised()) {
        return true;
      }
    }
    return false;
  }

  private static boolean searches(SplittableRandom random, RunStarted.Onset settings) {
    CriticalSamplesRise rise = new CriticalSamplesRise(settings);
    int[][] found = new int[2][40];
    for (int k = 1; k <= 20; k++) {
      List<CriticalSamplesView> views = new ArrayList<>();
      for (int radius = 0; radius < found.length; radius++) {
        redraw(random, found[radius], k == 1);
        views.add(
            new CriticalSamplesView(
                Split.VALIDATION, radius + 1, k, 100L * k, new int[40], found[radius]));
      }
      if (rise.onSearch(true, views).isRaised()) {
        return true;
      }
    }
    return false;
  }

  /**
   * A network that knows all true labels and nothing of the noise, the same at all 8 evaluations
   * but for single examples that it gets wrong.
   */
  private static boolean ceiling(SplittableRandom random, RunStarted.Onset settings) {
    int hits = 0;
    for (int i = 0; i < 200; i++) {
      hits += random.nextDouble() >= settings.noiseRate() ? 1 : 0;
    }
    NoiseCeiling ceiling = new NoiseCeiling(settings);
    boolean any = false;
    for (int k = 0; k < 8; k++) {
      any |=
          ceiling
              .onEvaluation(OtherDetectorsTest.trained(hits - random.nextInt(3), 200))
              .isRaised();
    }
    return any;
  }
}
