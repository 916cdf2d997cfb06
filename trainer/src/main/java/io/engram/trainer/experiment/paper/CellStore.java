package io.engram.trainer.experiment.paper;

import io.engram.events.EventEnvelope;
import io.engram.trainer.experiment.grid.RunSeries;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What runs showed, a file each: {@code cells/<run>.series.gz} of those that ended, {@code
 * <run>.part.gz} of those that are under way up to their last checkpoint, {@code <run>.seconds}
 * what they took.
 */
final class CellStore {
  private final Path folder;

  /**
   * @throws InvalidSettingException if nothing can be written there
   */
  CellStore(Path out) {
    folder = out.resolve("cells");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private InvalidSettingException unusable(IOException e) {
    return new InvalidSettingException(
        "--out", "%s cannot be used, must be a folder: %s".formatted(folder, e));
  }

  private Path file(Cell cell, String ending) {
    return folder.resolve(cell.spec().run() + ending);
  }

  /** Whether the run has ended and its series can be read. */
  boolean has(Cell cell) {
    return Files.isRegularFile(file(cell, ".series.gz"));
  }

  /**
   * The events of a run that has ended.
   *
   * @throws IOException if they cannot be read
   */
  List<EventEnvelope> read(Cell cell) throws IOException {
    return RunSeries.read(file(cell, ".series.gz"));
  }

  /** The events of a run up to its last checkpoint. */
  Optional<List<EventEnvelope>> soFar(Cell cell) {
    Path part = file(cell, ".part.gz");
    if (!Files.isRegularFile(part)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunSeries.readSoFar(part));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws InvalidSettingException if it cannot be written
   */
  void keepSoFar(Cell cell, List<EventEnvelope> events) {
    try {
      RunSeries.write(file(cell, ".part.gz"), events);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The run has ended.
   *
   * @throws InvalidSettingException if it cannot be written
   */
  void finish(Cell cell, List<EventEnvelope> events, double seconds) {
    try {
      Files.writeString(file(cell, ".seconds"), seconds + "\n");
      RunSeries.write(file(cell, ".series.gz"), events);
      Files.deleteIfExists(file(cell, ".part.gz"));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Forgets what is known of a run. */
  void forget(Cell cell) {
    try {
      Files.deleteIfExists(file(cell, ".series.gz"));
      Files.deleteIfExists(file(cell, ".part.gz"));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What the run took, NaN where that is not known. */
  double seconds(Cell cell) {
    try {
      return Double.parseDouble(Files.readString(file(cell, ".seconds")).strip());
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    }
  }
}
