package io.engram.trainer.experiment.onset;

import io.engram.events.EventEnvelope;
import io.engram.trainer.experiment.grid.RunSeries;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The series of the runs of an evaluation, a file each. */
final class SeriesStore {
  private final Path folder;

  /**
   * @param out the evaluation's folder
   * @throws InvalidSettingException if nothing can be written there
   */
  SeriesStore(Path out) {
    folder = out.resolve("series");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "--out", "%s cannot be used, must be a folder: %s".formatted(out, e));
    }
  }

  Path file(PlannedRun run) {
    return folder.resolve(run.file() + ".series.gz");
  }

  boolean has(PlannedRun run) {
    return Files.isRegularFile(file(run));
  }

  /**
   * @throws IOException if it cannot be read, is damaged, or does not reach the end of its run
   */
  List<EventEnvelope> read(PlannedRun run) throws IOException {
    return RunSeries.read(file(run));
  }

  /**
   * @throws InvalidSettingException if it cannot be written
   */
  void write(PlannedRun run, List<EventEnvelope> events) {
    try {
      RunSeries.write(file(run), events);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "--out", "%s cannot be written: %s".formatted(file(run), e));
    }
  }
}
