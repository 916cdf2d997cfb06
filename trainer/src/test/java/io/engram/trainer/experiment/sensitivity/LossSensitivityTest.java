package io.engram.trainer.experiment.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.Gini;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.ProbeFailed;
import io.engram.events.SensitivityKind;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.OnGlyphs;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.sensitivity.LossSensitivity.Condition;
import io.engram.trainer.spec.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossSensitivityTest {
  private static final int EXAMPLES = 200;

  private final LossSensitivity experiment = new LossSensitivity();

  private Report run(Map<String, String> settings) {
    return OnGlyphs.run(experiment, settings);
  }

  /** A4 and the diagonal of A6 on a few examples. */
  @Test
  void fewGlyphsMoveTheLossAndAllOfNoiseAlike() {
    Report report =
        run(
            Map.of(
                "training",
                "150",
                "epochs",
                "60",
                "points",
                "2",
                "resamples",
                "199",
                "seeds",
                "2"));

    assertThat(report.claims()).extracting(Claim::id).containsExactly("A4", "A4", "A5", "A6", "A6");
    Quantity difference = report.claims().get(0).quantities().get(2);
    assertThat(difference.name()).isEqualTo("difference");
    assertThat(difference.low()).isGreaterThan(0);
    assertThat(report.claims().get(3).quantities())
        .extracting(Quantity::name)
        .containsExactly("D - 1, real", "D - 1, randX", "D - 1, randY");
    assertThat(report.claims().get(3).quantities())
        .allSatisfy(
            number -> {
              assertThat(number.value()).isPositive();
              assertThat(number.low()).isLessThan(number.value());
            });
    assertThat(report.tables().get(0).rows())
        .as("seven conditions, three of them twice")
        .hasSize(10);
    assertThat(report.tables().get(1).rows()).hasSize(20);
    assertThat(report.figures().get(0).svg()).contains("half randX", "half randY");
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
  private static SensitivityRun madeUp(Condition condition, int seed, double power, double own) {
    SensitivityRun run = new SensitivityRun(condition, seed);
    int classes = condition.matrix ? 3 : 0;
    double[] matrix = new double[classes * classes];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = i / 3 == i % 3 ? own * (1 + 0.001 * condition.ordinal() * seed) : 1;
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

  /**
   * @param powers of the conditions that claims speak of
   * @param own the diagonals of those with a class matrix
   */
  private List<Verdict> verdicts(int seeds, double[] powers, double[] own) {
    List<SensitivityRun> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (Condition one : Condition.values()) {
        if (seed == 1 || one.matrix) {
          double power = one.ordinal() < powers.length ? powers[one.ordinal()] : 1;
          runs.add(madeUp(one, seed, power, one.matrix ? own[one.ordinal()] : 0));
        }
      }
    }
    Parameters set = Parameters.of(experiment.parameters(), Map.of("resamples", "199"));
    return new SensitivityReport(set, "made up", runs)
        .report().claims().stream().map(Claim::verdict).toList();
  }

  @Test
  void verdictsFollowTheNumbers() {
    Verdict yes = Verdict.REPRODUCED;
    Verdict no = Verdict.NOT_REPRODUCED;
    Verdict open = Verdict.INCONCLUSIVE;
    assertThat(verdicts(3, new double[] {4, 1, 1.5, 2, 1}, new double[] {2, 3, 2}))
        .containsExactly(yes, yes, yes, yes, yes);
    assertThat(verdicts(3, new double[] {1, 4, 2, 1, 2}, new double[] {2, 0.5, 2}))
        .containsExactly(no, no, no, no, no);
    assertThat(verdicts(3, new double[] {1, 1, 1, 1, 1}, new double[] {2, 2, 2}))
        .containsExactly(no, open, open, yes, open);
    assertThat(verdicts(1, new double[] {4, 1, 1.5, 2, 1}, new double[] {2, 3, 2}))
        .as("one seed has no interval")
        .containsExactly(yes, yes, yes, open, open);
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
    SensitivityRun run = new SensitivityRun(Condition.REAL, 1);

    assertThatThrownBy(() -> run.emit(3, 60, new ProbeFailed("unrolled", "the adjoint exploded")))
        .hasMessage("real, epoch 3: the adjoint exploded");
  }
}
