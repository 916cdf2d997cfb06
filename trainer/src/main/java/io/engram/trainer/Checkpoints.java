package io.engram.trainer;

import io.engram.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the checkpoints of a run lie, in {@code <state>/checkpoints/<run>}: {@code step-<step>.zip}
 * those that were asked for, {@code kept/step-<step>.zip} those that come and go while it trains,
 * {@code before-onset.zip} the one of these that was kept when the run began to memorize.
 */
final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})\\.zip");

  private final Path directory;
  private final Path kept;

  Checkpoints(Path stateDir, RunId run) {
    this.directory = stateDir.resolve("checkpoints").resolve(run.value());
    this.kept = directory.resolve("kept");
  }

  Path at(long step) {
    return directory.resolve(name(step));
  }

  Path keptAt(long step) {
    return kept.resolve(name(step));
  }

  Path beforeOnset() {
    return directory.resolve("before-onset.zip");
  }

  /** The checkpoint of the highest step. */
  Optional<Path> latest() {
    NavigableSet<Long> steps = steps(directory);
    return steps.isEmpty() ? Optional.empty() : Optional.of(at(steps.last()));
  }

  /** Steps of those that are kept for now. */
  NavigableSet<Long> keptSteps() {
    return steps(kept);
  }

  /** Removes one that was kept, if it is there. */
  void forget(long step) {
    try {
      Files.deleteIfExists(keptAt(step));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes one that was kept the one from before the onset, in one piece or not at all. */
  void nameBeforeOnset(long step) {
    Path part = directory.resolve("before-onset.zip.part");
    try {
      Files.copy(keptAt(step), part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          part, beforeOnset(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(long step) {
    return "step-" + step + ".zip";
  }

  private static NavigableSet<Long> steps(Path directory) {
    NavigableSet<Long> steps = new TreeSet<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        List<Matcher> names =
            files.map(file -> NAME.matcher(String.valueOf(file.getFileName()))).toList();
        names.stream()
            .filter(Matcher::matches)
            .forEach(name -> steps.add(Long.parseLong(name.group(1))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return steps;
  }
}
