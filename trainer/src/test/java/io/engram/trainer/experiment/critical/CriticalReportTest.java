package io.engram.trainer.experiment.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.ProbeFailed;
import io.engram.events.Split;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verdicts on runs that are made up: 200 examples, looks after epochs 1, 2 and 3. */
class CriticalReportTest {
  private static final int[] IDS = IntStream.range(0, 200).toArray();
  private static final int[] PEAK_AT_2 = {60, 90, 70};

  private final List<CriticalRun> runs = new ArrayList<>();

  /**
   * @param validation correct of 100, an epoch each
   * @param critical of the validation examples, an epoch each
   * @param around of the training examples, an epoch each
   */
  private void run(String kind, double share, int[] validation, int[] critical, int[] around) {
    CriticalRun run = new CriticalRun(kind, share);
    run.emit(0, 0, searched(Split.VALIDATION, 200));
    for (int epoch = 1; epoch <= 3; epoch++) {
      run.emit(
          epoch,
          epoch,
          new EpochCompleted(
              List.of(
                  new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 60, 50, 1),
                  new Evaluation(Split.TRAIN, LabelGroup.FLIPPED, 40, 10, 1),
                  new Evaluation(
                      Split.VALIDATION, LabelGroup.CLEAN, 100, validation[epoch - 1], 1)),
              1));
      run.emit(epoch, epoch, searched(Split.VALIDATION, critical[epoch - 1]));
      run.emit(epoch, epoch, searched(Split.TRAIN, around[epoch - 1]));
    }
    runs.add(run);
  }

  private static CriticalSamplesSearched searched(Split split, int critical) {
    int[] foundAt = new int[IDS.length];
    Arrays.fill(foundAt, 0, critical, 1);
    return new CriticalSamplesSearched(split, 25, 10, IDS, foundAt);
  }

  private List<Claim> claims() {
    Parameters set =
        Parameters.of(new CriticalSamples().parameters(), Map.of("shares", "0.4,1", "radii", "25"));
    Report report = new CriticalReport(set, "made up", runs).report();
    assertThat(report.tables().get(0).rows()).hasSize(runs.size());
    assertThat(report.tables().get(1).rows()).hasSize(runs.size() * 2 * 3);
    return report.claims();
  }

  @Test
  void whatThePaperSawIsReproduced() {
    run("real", 0, PEAK_AT_2, new int[] {5, 10, 30}, new int[] {10, 60, 20});
    run("randY", 0.4, PEAK_AT_2, new int[] {5, 20, 60}, new int[] {10, 60, 20});
    run("randY", 1, PEAK_AT_2, new int[] {50, 100, 150}, new int[] {10, 60, 20});
    run("randX", 0.4, PEAK_AT_2, new int[] {5, 20, 60}, new int[] {10, 60, 20});
    run("randX", 1, PEAK_AT_2, new int[] {50, 100, 150}, new int[] {10, 60, 20});

    assertThat(claims())
        .extracting(Claim::id, Claim::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A12", Verdict.REPRODUCED),
            org.assertj.core.groups.Tuple.tuple("A12", Verdict.REPRODUCED),
            org.assertj.core.groups.Tuple.tuple("A13", Verdict.REPRODUCED),
            org.assertj.core.groups.Tuple.tuple("A14", Verdict.REPRODUCED),
            org.assertj.core.groups.Tuple.tuple("A14", Verdict.REPRODUCED),
            org.assertj.core.groups.Tuple.tuple("A15", Verdict.REPRODUCED));
    assertThat(claims().get(0).quantities().get(0).value()).as("at the peak").isEqualTo(0.1);
    assertThat(claims().get(0).quantities().get(1).value()).as("at the end").isEqualTo(0.3);
  }

  @Test
  void theContraryIsNot() {
    run("real", 0, PEAK_AT_2, new int[] {100, 90, 60}, new int[] {60, 60, 60});
    run("randY", 0.4, PEAK_AT_2, new int[] {50, 50, 51}, new int[] {60, 60, 60});
    run("randY", 1, PEAK_AT_2, new int[] {50, 50, 40}, new int[] {60, 60, 60});
    run("randX", 0.4, PEAK_AT_2, new int[] {5, 20, 60}, new int[] {60, 60, 60});
    run("randX", 1, PEAK_AT_2, new int[] {50, 100, 150}, new int[] {60, 60, 60});

    assertThat(claims())
        .extracting(Claim::verdict)
        .containsExactly(
            Verdict.NOT_REPRODUCED,
            Verdict.NOT_REPRODUCED,
            Verdict.INCONCLUSIVE,
            Verdict.INCONCLUSIVE,
            Verdict.NOT_REPRODUCED,
            Verdict.NOT_REPRODUCED);
    assertThat(claims().get(2).reason())
        .isEqualTo("it holds in 1 of 2 cases; not above the share before: randX 0.4");
  }

  @Test
  void aSearchThatFailedEndsTheExperiment() {
    CriticalRun run = new CriticalRun("randY", 0.4);

    assertThatThrownBy(() -> run.emit(3, 9, new ProbeFailed("csr", "the loss is NaN")))
        .hasMessage("randY 0.4, epoch 3: the loss is NaN");
  }
}
