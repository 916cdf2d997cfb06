package io.engram.trainer.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EventEnvelope;
import io.engram.events.wire.WireFormatV1;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.training.TrainingLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellRecorderTest {
  private static final String TINY =
      """
      data: {name: glyphs, training: 100, validation: 50}
      network: mlp:784-16-10
      training: {epochs: 4, batch: 20}
      """;

  @TempDir private Path folder;
  private final Cell cell =
      new Cell("study", Map.of("noise", "real"), 1, RunFiles.parse("cell", TINY, List.of()));
  private final RunData data =
      Datasets.load(
          cell.spec().data(),
          cell.spec().noise(),
          1,
          new DataLocations(List.of(), Path.of("none")),
          DownloadProgress.NONE);

  private static void steps(TrainingLoop loop, long until) {
    while (loop.step() < until && loop.advance()) {}
  }

  @Test
  void aRunThatWasInterruptedHasTheSeriesOfOneThatWasNot() {
    CellStore store = new CellStore(folder);
    CellRecorder whole = new CellRecorder(cell, store, false);
    try (TrainingLoop loop = TrainingLoop.start(cell.spec(), data, whole)) {
      while (loop.advance()) {}
    }
    CellRecorder first = new CellRecorder(cell, store, false);
    Path checkpoint = folder.resolve("step-7.zip");
    try (TrainingLoop loop = TrainingLoop.start(cell.spec(), data, first)) {
      steps(loop, 7);
      loop.saveCheckpoint(checkpoint);
      steps(loop, 13);
    }
    CellRecorder second = new CellRecorder(cell, new CellStore(folder), false);
    try (TrainingLoop loop = TrainingLoop.resume(cell.spec(), data, second, checkpoint)) {
      while (loop.advance()) {}
    }

    assertThat(counts(second.events())).isEqualTo(counts(whole.events()));
    assertThat(WireFormatV1.encode(second.events().subList(0, 1)))
        .isEqualTo(WireFormatV1.encode(whole.events().subList(0, 1)));
    assertThat(CellRecord.of(cell, second.events()).validation())
        .isEqualTo(CellRecord.of(cell, whole.events()).validation());
  }

  private static List<String> counts(List<EventEnvelope> events) {
    return events.stream()
        .map(
            each ->
                "%d %d %d %s"
                    .formatted(
                        each.sequence(),
                        each.epoch(),
                        each.step(),
                        each.event().getClass().getSimpleName()))
        .toList();
  }

  @Test
  void aRunWhoseBeginningIsNotThereCannotGoOn() {
    Path checkpoint = folder.resolve("step-7.zip");
    try (TrainingLoop loop = TrainingLoop.start(cell.spec(), data, (epoch, step, event) -> {})) {
      steps(loop, 7);
      loop.saveCheckpoint(checkpoint);
    }
    CellRecorder recorder = new CellRecorder(cell, new CellStore(folder), false);

    assertThatThrownBy(() -> TrainingLoop.resume(cell.spec(), data, recorder, checkpoint))
        .hasMessageContaining("goes on from step 7");
  }
}
