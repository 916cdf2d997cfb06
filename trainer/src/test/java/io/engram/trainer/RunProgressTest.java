package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunProgressTest {
  private static final RunStarted HEADER =
      new RunStarted(
          new RunStarted.Dataset("glyphs", "00", 100, 50, 10, 28, 28, 1, 0.1, 0.3),
          new RunStarted.Noise("none", 0, 0, "uniform", 0.4, 40, 36),
          new RunStarted.Network("mlp:784-10", 7850, List.of("0"), List.of()),
          new RunStarted.Training("sgd", 0.1, 10, 4, 10, 1),
          new RunStarted.Device("cpu", "test"),
          -1);

  private final RunProgress progress = new RunProgress("noisy", HEADER);

  @Test
  void saysAnEpochInOneLine() {
    assertThat(progress.line(1, epoch(45, 9, 40, 0.5)))
        .isEqualTo(
            "noisy  epoch 1/4  loss 2.000  train 54.0 %  validation 80.0 %"
                + "  flipped labels fitted 25.0 %  200 examples/s  0m02s left");
  }

  @Test
  void saysNothingOfSpeedBeforeTraining() {
    assertThat(progress.line(0, epoch(6, 4, 5, 0)))
        .isEqualTo(
            "noisy  epoch 0/4  loss 2.000  train 10.0 %  validation 10.0 %"
                + "  flipped labels fitted 11.1 %");
  }

  @Test
  void keepsTheBestAndTheLastForTheSummary() {
    progress.line(1, epoch(45, 9, 40, 0.5));
    progress.line(2, epoch(60, 36, 30, 0.5));
    progress.finished(new RunFinished(RunFinished.Outcome.STOPPED, ""));

    assertThat(progress.row())
        .containsExactly("noisy", "stopped", "2/4", "96.0 %", "80.0 %", "60.0 %", "100.0 %")
        .hasSameSizeAs(RunProgress.COLUMNS);
  }

  @Test
  void leavesOutWhatARunDoesNotHave() {
    Evaluation train = new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 100, 50, 200);

    assertThat(progress.line(0, new EpochCompleted(List.of(train), 0)))
        .isEqualTo("noisy  epoch 0/4  loss 2.000  train 50.0 %  validation -");
  }

  private static EpochCompleted epoch(long clean, long flipped, long validation, double seconds) {
    return new EpochCompleted(
        List.of(
            new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 64, clean, 100),
            new Evaluation(Split.TRAIN, LabelGroup.FLIPPED, 36, flipped, 100),
            new Evaluation(Split.VALIDATION, LabelGroup.CLEAN, 50, validation, 10)),
        seconds);
  }
}
