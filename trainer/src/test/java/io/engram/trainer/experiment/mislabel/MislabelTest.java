package io.engram.trainer.experiment.mislabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.MislabelScore;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.OnGlyphs;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.TrainingLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MislabelTest {
  private static Report run(Map<String, String> settings) {
    Mislabel experiment = new Mislabel();
    return OnGlyphs.run(experiment, settings);
  }

  @Test
  void wrongLabelsOfGlyphsAreTold() {
    Report report =
        run(
            Map.of(
                "training",
                "1000",
                "noise",
                "0.4",
                "epochs",
                "8",
                "units",
                "64",
                "seeds",
                "1",
                "folds",
                "2",
                "batch",
                "50"));

    Map<Object, Double> auroc = new java.util.HashMap<>();
    report.tables().get(0).rows().forEach(row -> auroc.put(row.get(1), (Double) row.get(2)));
    assertThat(auroc.get("aum")).isGreaterThan(0.9);
    assertThat(auroc.get("csl")).isGreaterThan(0.9);
    assertThat(auroc.get("combined")).isGreaterThan(0.85);
    assertThat((Double) report.tables().get(1).rows().get(0).get(1))
        .as("nine tenths of 40 %% are wrong")
        .isCloseTo(0.36, within(0.05));
    assertThat((Double) report.tables().get(1).rows().get(0).get(2))
        .as("self-confidence")
        .isGreaterThan(0.75);
    assertThat(report.tables().get(2).rows()).hasSize(8);
  }

  @Test
  void aBatchLargerThanAFoldLeavesIsRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> run(Map.of("training", "100", "batch", "90")))
        .hasMessageStartingWith("--batch: is 90, must be at most the 80 examples");
  }

  @Test
  void theCollectorsScoresAreThoseOfTheirDefinitions() {
    RunSpec spec =
        RunFiles.read(
            "live-noisy",
            List.of(
                "data.training=150",
                "data.validation=10",
                "network=mlp:784-16-10",
                "training.batch=20",
                "training.epochs=6"));
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            1,
            new DataLocations(List.of(), Path.of("none")),
            DownloadProgress.NONE);
    boolean[] wrong = new boolean[150];
    for (int row = 0; row < wrong.length; row++) {
      wrong[row] = data.training().flipped(row);
    }
    Mislabel.Collected collected = new Mislabel.Collected();
    NaiveMislabelScores naive = new NaiveMislabelScores(data.training());
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data,
            (epoch, step, event) -> {
              collected.emit(epoch, step, event);
              naive.emit(epoch, step, event);
            })) {
      while (loop.advance()) {}
    }

    for (MislabelScore score : MislabelScore.values()) {
      // Ranks that are equal may differ in the last bit once they are averaged as floats.
      double tolerance = score == MislabelScore.COMBINED ? 1e-3 : 1e-9;
      assertThat(collected.auroc(score))
          .as("%s", score)
          .isCloseTo(naive.auroc(score, wrong), within(tolerance));
    }
  }
}
