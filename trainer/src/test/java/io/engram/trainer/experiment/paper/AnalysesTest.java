package io.engram.trainer.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.Split;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.paper.CellRecord.Look;
import io.engram.trainer.experiment.paper.CellRecord.Score;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** On runs that are made up, so that what is right is known. */
class AnalysesTest {
  private static final RunSpec SPEC =
      RunFiles.parse(
          "cell",
          """
          data: {name: glyphs, training: 100, validation: 50}
          network: mlp:784-16-10
          """,
          List.of());

  private final List<CellRecord> made = new ArrayList<>();
  private final Set<Map<String, String>> planned = new LinkedHashSet<>();

  /** Accuracies after epochs 0, 1, 2, …; validation is of 10,000 examples. */
  private CellRecord run(Map<String, String> at, int seed, double[] training, double[] validation) {
    TreeMap<Integer, Score> trained = new TreeMap<>();
    TreeMap<Integer, Score> valid = new TreeMap<>();
    for (int epoch = 0; epoch < training.length; epoch++) {
      trained.put(epoch, new Score(100, training[epoch], 1));
      valid.put(epoch, new Score(10_000, validation[epoch], 1));
    }
    CellRecord record =
        new CellRecord(new Cell("study", at, seed, SPEC), 10, trained, valid, new ArrayList<>());
    made.add(record);
    planned.add(at);
    return record;
  }

  /** Converges after so many epochs, or does not within as many. */
  private void time(String noise, String axis, int place, int seed, int epochs, boolean converges) {
    double[] training = new double[epochs + 1];
    training[epochs] = converges ? 1 : 0.5;
    run(Map.of("noise", noise, axis, "" + place), seed, training, new double[epochs + 1]);
  }

  private Report report(Analysis analysis) {
    return analysis.report(new Records("study", "a study", planned, made));
  }

  private static Claim claim(Report report, String id) {
    return report.claims().stream()
        .filter(claim -> claim.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void timesThatGrowFasterWithNoiseReproduceTheClaim() {
    for (int seed = 1; seed <= 3; seed++) {
      for (int size : new int[] {10, 100, 1000}) {
        int doublings = (int) Math.round(Math.log10(size));
        time("real", "size", size, seed, 4 + seed, true);
        time("randX-1", "size", size, seed, 5 * doublings + seed, true);
        time("randY-1", "size", size, seed, 40 + seed, size < 1000);
      }
    }
    Report report = report(new TimeToConvergence("size"));

    assertThat(claim(report, "A9").verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim(report, "A10").verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(report.tables().get(0).rows()).hasSize(27);
    assertThat(report.tables().get(0).rows())
        .filteredOn(row -> row.contains("censored"))
        .hasSize(3);
  }

  @Test
  void theSameTimesEverywhereDoNot() {
    for (int seed = 1; seed <= 3; seed++) {
      for (int width : new int[] {10, 100}) {
        time("real", "width", width, seed, 8, true);
        time("randX-1", "width", width, seed, 8, true);
      }
    }
    assertThat(claim(report(new TimeToConvergence("width")), "A8").verdict())
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void aConditionThatIsStillToComeLeavesNothingToJudge() {
    time("real", "size", 10, 1, 8, true);
    planned.add(Map.of("noise", "randX-1", "size", "10"));

    assertThat(claim(report(new TimeToConvergence("size")), "A9").verdict())
        .isEqualTo(Verdict.NOT_TESTED);
  }

  @Test
  void theWidthNeededIsTheSmallestWithinAStandardErrorOfTheBest() {
    double[] real = {0.900, 0.903, 0.9029};
    double[] noisy = {0.500, 0.600, 0.700};
    int[] widths = {16, 64, 256};
    for (int seed = 1; seed <= 3; seed++) {
      for (int w = 0; w < widths.length; w++) {
        for (String noise : List.of("real", "randY-0.8")) {
          double end = noise.equals("real") ? real[w] : noisy[w];
          run(
              Map.of("noise", noise, "width", "" + widths[w]),
              seed,
              new double[] {0, 1},
              new double[] {0.95, end});
        }
      }
    }
    Report report = report(new Capacity("MNIST", List.of("randX", "randY")));

    assertThat(report.tables().get(1).rows())
        .filteredOn(row -> row.get(0).equals("real"))
        .as("0.900 is one standard error, 0.003, below 0.903, and hardly more")
        .extracting(row -> row.get(2))
        .containsOnly(64.0);
    assertThat(report.tables().get(1).rows())
        .filteredOn(row -> row.get(0).equals("randY-0.8"))
        .extracting(row -> row.get(2))
        .containsOnly(256.0);
    assertThat(claim(report, "A7").verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim(report, "A7").quantities().get(0).value()).isCloseTo(2 / 0.8, within(1e-9));
  }

  @Test
  void onCifarRandomLabelsStandBesideTheClaim() {
    for (int seed = 1; seed <= 2; seed++) {
      for (String noise : List.of("real", "randX-0.8", "randY-0.8")) {
        for (int width : new int[] {16, 64}) {
          boolean wide = width == 64 && !noise.equals("randY-0.8");
          double end = noise.equals("real") || !wide ? 0.5 : 0.6;
          run(
              Map.of("noise", noise, "width", "" + width),
              seed,
              new double[] {0, 1},
              new double[] {0, end});
        }
      }
    }
    Claim claim = claim(report(new Capacity("CIFAR-10", List.of("randX"))), "A7");

    assertThat(claim.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim.statement()).endsWith("on CIFAR-10 grows with randX");
    assertThat(claim.quantities().get(0).value()).isCloseTo(2 / 0.8, within(1e-9));
    assertThat(claim.quantities().get(1).name()).endsWith("randY");
    assertThat(claim.quantities().get(1).value()).isCloseTo(0, within(1e-9));
  }

  /** Epoch e of a rate is 10 · e · rate updates on; accuracy is a tenth for each doubling. */
  @Test
  void effectiveCapacityIsAFunctionOfTheProductOrNot() {
    for (int seed = 1; seed <= 2; seed++) {
      for (double rate : new double[] {0.1, 0.2}) {
        double[] training = new double[9];
        for (int epoch = 1; epoch < training.length; epoch++) {
          training[epoch] = 0.1 * seed * Math.log(10 * rate * epoch) / Math.log(2);
        }
        run(Map.of("rate", "" + rate), seed, training, new double[9]);
      }
    }
    Claim claim = claim(report(new EffectiveCapacity()), "effective-capacity");

    assertThat(claim.quantities().get(0).value()).isCloseTo(0.15, within(1e-9));
    assertThat(claim.verdict()).as("seeds differ").isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(claim.quantities().get(1).value()).as("but for lines between").isLessThan(0.01);

    made.clear();
    for (int seed = 1; seed <= 2; seed++) {
      run(Map.of("rate", "0.1"), seed, new double[] {0, 0.2, 0.3, 0.4, 0.5}, new double[5]);
      run(Map.of("rate", "0.2"), seed, new double[] {0, 0.1, 0.2, 0.3, 0.4}, new double[5]);
    }
    claim = claim(report(new EffectiveCapacity()), "effective-capacity");
    assertThat(claim.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim.quantities().get(1).value())
        .as("0.3 to 0.1 at product 2, 0.5 to 0.2 at product 4")
        .isBetween(0.2, 0.3);
  }

  private void noise(String noise, int seed, double[] validation, double[] ratios) {
    double[] training = {0, 0.3, 0.5, 1, 1};
    CellRecord record = run(Map.of("data", "glyphs", "noise", noise), seed, training, validation);
    for (int epoch = 1; epoch < 5; epoch++) {
      for (Split split : List.of(Split.VALIDATION, Split.TRAIN)) {
        record.looks().add(new Look(epoch, split, NoiseLevels.RADIUS, ratios[epoch]));
      }
    }
  }

  @Test
  void criticalSamplesThatRiseAfterThePeakAndWithNoise() {
    for (int seed = 1; seed <= 2; seed++) {
      double more = 0.001 * seed;
      noise("real", seed, new double[] {0, 0.5, 0.8, 0.9, 0.9}, ratios(0.1, 0.1));
      noise("randY-0.5", seed, new double[] {0, 0.5, 0.6 + more, 0.5, 0.4}, ratios(0.2, 0.5));
      noise("randY-1", seed, new double[] {0, 0.1, 0.1, 0.1, 0.1}, ratios(0.3, 0.9));
    }
    Report report = report(new NoiseLevels());

    assertThat(claim(report, "A11").verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim(report, "A11").quantities().get(0).value())
        .as("the ceiling 0.55 is passed after epoch 3, the peak is after 2")
        .isEqualTo(1);
    assertThat(claim(report, "A12").verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim(report, "A13").verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(claim(report, "A14").verdict()).as("late growth").isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(claim(report, "A15").verdict()).as("no fall").isEqualTo(Verdict.NOT_REPRODUCED);
  }

  private static double[] ratios(double low, double high) {
    return new double[] {0, low, low, high, high};
  }

  @Test
  void dropoutThatCostsNothingAndHindersFittingReproducesTheClaim() {
    for (int seed = 1; seed <= 3; seed++) {
      regularized("none", seed, 0.90, 1.0);
      regularized("dropout-0.5", seed, 0.895, 0.4 + 0.01 * seed);
      regularized("dropout-0.9", seed, 0.5, 0.1);
      regularized("weight-decay-0.1", seed, 0.895, 0.8);
    }
    Claim claim = claim(report(new Regularizers()), "A16");

    assertThat(claim.verdict()).as("a part was not run").isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(claim.reason())
        .isEqualTo("what was run holds; not run: dropout with adversarial training");
    assertThat(claim.quantities().get(0).value())
        .as("what costs more than a point does not count")
        .isCloseTo(1 - 0.42 - 0.01, within(1e-9));
    for (int seed = 1; seed <= 3; seed++) {
      regularized("dropout-adversarial-0.5", seed, 0.895, 0.3);
    }
    assertThat(claim(report(new Regularizers()), "A16").verdict()).isEqualTo(Verdict.REPRODUCED);
  }

  private void regularized(String name, int seed, double real, double random) {
    run(
        Map.of("regularizer", name, "labels", "real"),
        seed,
        new double[] {0, 1},
        new double[] {0, real});
    run(
        Map.of("regularizer", name, "labels", "random"),
        seed,
        new double[] {0, random},
        new double[] {0, 0.1});
  }
}
