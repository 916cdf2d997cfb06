package io.engram.trainer;

import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.experiment.paper.Cell;
import io.engram.trainer.experiment.paper.CellTrainer;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.EventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Trains the runs of studies as all runs are trained: by a verticle each, on the bus. */
final class CellRuns implements CellTrainer {
  private final TrainingSystem system;
  private final Path stateDir;
  private final DataLocations locations;

  CellRuns(TrainingSystem system, Path stateDir, DataLocations locations) {
    this.system = system;
    this.stateDir = stateDir;
    this.locations = locations;
  }

  @Override
  public RunFinished train(Cell cell, boolean goOn, EventSink observer) {
    RunSpec spec = cell.spec();
    if (!goOn) {
      removeCheckpoints(spec);
    }
    TrainerOptions options =
        new TrainerOptions(stateDir, TrainerOptions.Start.LATEST, system.spooling(), true);
    RunFinished end;
    try {
      end =
          system
              .train(
                  spec,
                  options,
                  () ->
                      Datasets.load(
                          spec.data(),
                          spec.noise(),
                          spec.canaries(),
                          spec.training().seed(),
                          locations,
                          DownloadProgress.NONE),
                  observer)
              .await()
              .finished()
              .await();
    } catch (IllegalStateException e) {
      end = new RunFinished(Outcome.FAILED, String.valueOf(e.getMessage()));
    }
    if (end.outcome() == Outcome.COMPLETED) {
      removeCheckpoints(spec);
    }
    return end;
  }

  private void removeCheckpoints(RunSpec spec) {
    Path folder = stateDir.resolve("checkpoints").resolve(spec.run().value());
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
