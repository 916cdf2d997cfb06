package io.engram.trainer;

import io.engram.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the checkpoints of a run lie: {@code <state>/checkpoints/<run>/step-<step>.zip}. */
final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("step-(\\d+)\\.zip");

  private final Path directory;

  Checkpoints(Path stateDir, RunId run) {
    this.directory = stateDir.resolve("checkpoints").resolve(run.value());
  }

  Path at(long step) {
    return directory.resolve("step-" + step + ".zip");
  }

  /** The checkpoint of the highest step. */
  Optional<Path> latest() {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> step(file) >= 0).max(Comparator.comparingLong(Checkpoints::step));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long step(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
