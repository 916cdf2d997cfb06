package io.engram.trainer.experiment.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.Gini;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.ProbeFailed;
import io.engram.events.SensitivityKind;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.sensitivity.LossSensitivity.Condition;
import io.engram.trainer.spec.InvalidSettingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossSensitivityTest {
  private static final int EXAMPLES = 200;

  private final LossSensitivity experiment = new LossSensitivity();

  private Report run(Map<String, String> settings) {
    return experiment.run(
        new ExperimentContext(
            Parameters.of(experiment.parameters(), settings),
            "glyphs",
            new DataLocations(List.of(), Path.of("none")),
            Progress.NONE));
  }

  /** A4 and the diagonal of A6 on a few examples. */
  @Test
  void fewGlyphsMoveTheLossAndAllOfNoiseAlike() {
    Report report =
        run(Map.of("training", "150", "epochs", "60", "points", "2", "resamples", "199"));

    assertThat(report.claims()).extracting(Claim::id).containsExactly("A4", "A4", "A5", "A6", "A6");
    Quantity difference = report.claims().get(0).quantities().get(2);
    assertThat(difference.name()).isEqualTo("difference");
    assertThat(difference.low()).isGreaterThan(0);
    assertThat(report.claims().get(3).verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(report.tables().get(1).rows()).hasSize(10);
    assertThat(report.tables().get(2).rows()).hasSize(6);
    assertThat(report.tables().get(3).rows()).hasSize(300);
  }

  @Test
  void morePointsThanStepsAreRefused() {
    assertThatThrownBy(
            () -> run(Map.of("training", "100", "batch", "50", "epochs", "2", "points", "5")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("--points: is 5, must be at most the 4 steps of a run");
  }

  /** Runs that are made up: sensitivities of a power of the example's rank. */
  private static SensitivityRun madeUp(Condition condition, double power, double own) {
    SensitivityRun run = new SensitivityRun(condition);
    int classes = condition.unique ? 0 : 3;
    double[] matrix = new double[classes * classes];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = i / 3 == i % 3 ? own : 1;
    }
    for (int step : new int[] {10, 20}) {
      run.emit(
          1,
          step,
          new LossSensitivityMeasured(
              SensitivityKind.UNROLLED,
              step,
              IntStream.range(0, EXAMPLES).toArray(),
              IntStream.range(0, EXAMPLES).mapToDouble(i -> step * Math.pow(i, power)).toArray(),
              classes,
              matrix));
    }
    return run;
  }

  private List<Verdict> verdicts(double[] powers, double[] own) {
    List<SensitivityRun> runs =
        Arrays.stream(Condition.values())
            .map(one -> madeUp(one, powers[one.ordinal()], own[one.ordinal()]))
            .toList();
    Parameters set = Parameters.of(experiment.parameters(), Map.of("resamples", "199"));
    return new SensitivityReport(set, "made up", runs)
        .report().claims().stream().map(Claim::verdict).toList();
  }

  @Test
  void verdictsFollowTheNumbers() {
    Verdict yes = Verdict.REPRODUCED;
    Verdict no = Verdict.NOT_REPRODUCED;
    assertThat(verdicts(new double[] {4, 1, 1.5, 2, 1}, new double[] {2, 3, 2, 0, 0}))
        .containsExactly(yes, yes, yes, yes, yes);
    assertThat(verdicts(new double[] {1, 4, 2, 1, 2}, new double[] {2, 0.5, 2, 0, 0}))
        .containsExactly(no, no, no, no, no);
    assertThat(verdicts(new double[] {1, 1, 1, 1, 1}, new double[] {2, 2, 2, 0, 0}))
        .containsExactly(no, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, yes, no);
  }

  @Test
  void theDifferenceIsThatOfTheCoefficients() {
    double[] of = new Random(1).doubles(EXAMPLES).map(x -> x * x * x).toArray();
    double[] from = new Random(2).doubles(EXAMPLES).toArray();
    GiniDifference found = GiniDifference.between(of, from, 999, new Random(3));

    assertThat(found.value())
        .isCloseTo(Gini.of(of).coefficient() - Gini.of(from).coefficient(), within(1e-12));
    assertThat(found.low()).isBetween(found.value() - 0.15, found.value());
    assertThat(found.high()).isBetween(found.value(), found.value() + 0.15);
  }

  @Test
  void aMeasurementThatFailsIsSaid() {
    SensitivityRun run = new SensitivityRun(Condition.REAL);

    assertThatThrownBy(() -> run.emit(3, 60, new ProbeFailed("unrolled", "the adjoint exploded")))
        .hasMessage("real, epoch 3: the adjoint exploded");
  }
}
