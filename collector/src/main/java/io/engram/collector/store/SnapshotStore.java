package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.watch.RunWatch;
import io.engram.events.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One file for each run, replaced as a whole: a crash leaves the old or the new one. Blocks on the
 * disk; may be used by one thread at a time, whichever.
 */
public final class SnapshotStore {
  private static final String SUFFIX = ".snapshot";
  private static final String RETIRED = "retired";

  private final Path dir;

  /**
   * A store in a directory.
   *
   * @param dir where the files are; created when needed
   */
  public SnapshotStore(Path dir) {
    this.dir = dir;
  }

  /** Writes a run's file and waits until it is on the disk. */
  public void write(SavedRun saved) throws IOException {
    SnapshotFile.write(dir, fileName(saved), saved.place(), saved.bytes());
  }

  /**
   * Moves a run out of the way: its state goes to the folder {@code retired}, from which nothing is
   * restored.
   */
  public void retire(SavedRun saved) throws IOException {
    SnapshotFile.write(dir.resolve(RETIRED), fileName(saved), saved.place(), saved.bytes());
    Files.deleteIfExists(dir.resolve(fileName(saved)));
  }

  /** Whether the file of a run is among those that were moved out of the way. */
  public boolean isRetired(RunId run) {
    return Files.isRegularFile(dir.resolve(RETIRED).resolve(run + SUFFIX));
  }

  private static String fileName(SavedRun saved) {
    return saved.run() + SUFFIX;
  }

  /**
   * Reads all runs. A file that cannot be read, because it is damaged or was written by another
   * version, is renamed to {@code RUN.snapshot.unreadable}, with a number where there is one
   * already, so that nothing overwrites it; {@link Restored#problems()} tells.
   *
   * @throws IOException if the directory cannot be read or created
   */
  public Restored restore() throws IOException {
    Files.createDirectories(dir);
    List<Path> files;
    try (Stream<Path> entries = Files.list(dir)) {
      files = entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    List<RestoredRun> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        runs.add(SnapshotFile.read(file));
      } catch (IOException | RuntimeException e) {
        problems.add(setAside(file, e));
      }
    }
    return new Restored(runs, problems);
  }

  private static String setAside(Path file, Exception cause) {
    String why = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    try {
      Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
      for (int n = 1; Files.exists(aside); n++) {
        aside = file.resolveSibling(file.getFileName() + ".unreadable" + n);
      }
      Files.move(file, aside);
      return "%s is left out and kept as %s: %s".formatted(file, aside.getFileName(), why);
    } catch (IOException e) {
      return "%s is left out: %s; it could not be renamed either: %s".formatted(file, why, e);
    }
  }

  /**
   * A run and its detectors.
   *
   * @param place up to where of the journal they go
   */
  public record RestoredRun(RunAggregate run, RunWatch watch, JournalPlace place) {}

  /**
   * What could be restored, and what could not.
   *
   * @param runs the runs that could be read
   * @param problems one line for each file that could not
   */
  public record Restored(List<RestoredRun> runs, List<String> problems) {
    public Restored {
      runs = List.copyOf(runs);
      problems = List.copyOf(problems);
    }
  }
}
