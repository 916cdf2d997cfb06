package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.CriticalSamplesView;
import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.SplitSnapshot;
import io.engram.events.Evaluation;
import io.engram.events.ExampleRole;
import io.engram.events.LabelGroup;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class OtherDetectorsTest {
  static List<SplitSnapshot> trained(long correct, long of) {
    return List.of(
        new SplitSnapshot(
            Split.TRAIN,
            3,
            300,
            List.of(new Evaluation(Split.TRAIN, LabelGroup.CLEAN, of, correct, 1))));
  }

  @Test
  void theCeilingIsPassedWhereChanceCannotPassIt() {
    NoiseCeiling ceiling = new NoiseCeiling(new RunStarted.Onset(0.01, 0.4));
    BinomialDistribution most = BinomialDistribution.of(1_000, 0.6);
    int limit = most.inverseSurvivalProbability(0.005) + 1;
    Reading first = ceiling.onEvaluation(trained(limit, 1_000));
    assertThat(first.level()).isEqualTo(OnsetLevel.RAISED);
    assertThat(Math.pow(10, -first.evidence()))
        .isCloseTo(most.survivalProbability(limit - 1), within(1e-9));
    Reading again = ceiling.onEvaluation(trained(limit, 1_000));
    assertThat(again.level())
        .as("a sixth of the level at evaluation 2")
        .isEqualTo(OnsetLevel.QUIET);
    assertThat(ceiling.onEvaluation(trained(0, 1_000)).evidence()).isZero();
  }

  @Test
  void theCeilingNeedsARate() {
    Reading unknown = new NoiseCeiling(RunStarted.Onset.DEFAULT).onEvaluation(trained(999, 1_000));
    assertThat(unknown.level()).isEqualTo(OnsetLevel.UNKNOWN);
    assertThat(unknown.reason()).isEqualTo("no noise rate was given");
    Reading nothing = new NoiseCeiling(new RunStarted.Onset(0.01, 0.2)).onEvaluation(List.of());
    assertThat(nothing.reason()).isEqualTo("the training set was not evaluated");
  }

  static CriticalSamplesView validation(long look, int critical, int of) {
    return search(Split.VALIDATION, 1, look, critical, of);
  }

  private static CriticalSamplesView search(
      Split split, double radius, long look, int critical, int of) {
    int[] found = new int[of];
    Arrays.fill(found, 0, critical, 2);
    return new CriticalSamplesView(split, radius, look, 100 * look, new int[of], found);
  }

  @Test
  void theRatioRisesFromItsRunningMinimumAtEitherRadius() {
    CriticalSamplesRise rise = new CriticalSamplesRise(RunStarted.Onset.DEFAULT);
    List<Integer> raised = new ArrayList<>();
    for (int k = 1; k <= 12; k++) {
      int critical = k < 6 ? 30 - k : 30 + 10 * (k - 6);
      CriticalSamplesView all = search(Split.VALIDATION, 25, k, 200, 200);
      CriticalSamplesView some = search(Split.VALIDATION, 1, k, critical, 200);
      rise.onSearch(true, List.of(all));
      Reading reading = rise.onSearch(true, List.of(all, some));
      if (reading.isRaised()) {
        raised.add(k);
        assertThat(reading.estimatedStep()).isEqualTo(500);
        assertThat(reading.reason()).startsWith("within radius 1.0, ");
      }
    }
    assertThat(raised.get(0))
        .as("15 more at look 7 are 2^-15 against 7e-6, 25 more at look 8 are 2^-25")
        .isEqualTo(8);
  }

  @Test
  void searchesInTheBurnInAndOfOtherSplitsDoNotCount() {
    CriticalSamplesRise rise = new CriticalSamplesRise(RunStarted.Onset.DEFAULT);
    for (int k = 1; k < 9; k++) {
      assertThat(rise.onSearch(false, List.of(search(Split.VALIDATION, 1, k, 20 * k, 200))).level())
          .isEqualTo(OnsetLevel.UNKNOWN);
      assertThat(rise.onSearch(true, List.of(search(Split.TRAIN, 1, k, 20 * k, 200))).level())
          .isEqualTo(OnsetLevel.UNKNOWN);
    }
    assertThat(rise.onSearch(true, List.of(search(Split.VALIDATION, 1, 9, 200, 200))).level())
        .as("the first that counts")
        .isEqualTo(OnsetLevel.UNKNOWN);
  }

  /**
   * Naively: changes between epochs 10, 8, 6, 4, 2, then 3, 3, …: the three-epoch mean is least at
   * 6.
   */
  @Test
  void labelWaveRaisesFiveEpochsAfterTheMinimum() {
    int[] changes = {10, 8, 6, 4, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
    int[] predicted = new int[50];
    List<LookView> looks = new ArrayList<>();
    looks.add(Looks.at(1, 0, Looks.predicted(ExampleRole.TRAINING, predicted.clone())));
    for (int epoch = 1; epoch <= changes.length; epoch++) {
      int[] between = predicted.clone();
      Arrays.fill(between, 9);
      looks.add(
          Looks.at(2L * epoch, 100L * epoch - 50, Looks.predicted(ExampleRole.TRAINING, between)));
      for (int i = 0; i < changes[epoch - 1]; i++) {
        predicted[i] = (predicted[i] + 1) % 9;
      }
      looks.add(
          Looks.at(
              2L * epoch + 1,
              100L * epoch,
              Looks.predicted(ExampleRole.TRAINING, predicted.clone())));
    }
    int raised = Looks.firstRaised(new LabelWave(), looks);
    double[] means = new double[changes.length];
    int least = 2;
    for (int e = 2; e < changes.length; e++) {
      means[e] = (changes[e] + changes[e - 1] + changes[e - 2]) / 3.0;
      least = means[e] < means[least] ? e : least;
    }
    assertThat(looks.get(raised - 1).step()).isEqualTo(100L * (least + 1 + 5));
    assertThat(Looks.readings(new LabelWave(), looks).get(raised - 1).estimatedStep())
        .isEqualTo(100L * (least + 1));
    assertThat(Looks.readings(new LabelWave(), looks).get(4).reason())
        .isEqualTo("predictions of 2 epochs were compared, 3 are needed");
  }
}
