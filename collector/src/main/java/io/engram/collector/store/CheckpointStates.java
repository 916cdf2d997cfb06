package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.watch.RunWatch;
import io.engram.events.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a collector knew of a run at each of its checkpoints, so that a resumed run goes on from
 * there: one file for a checkpoint, the latest {@value #MOST} of a run. A state is found from the
 * moment it is kept; that it is written before a later snapshot of the run is the caller's part.
 */
public final class CheckpointStates {
  static final int MOST = 8;
  private static final String SUFFIX = ".state";

  private final Path dir;
  private final Map<Key, SavedRun> unwritten = new ConcurrentHashMap<>();

  /**
   * @param dir where the states are, made when needed
   */
  public CheckpointStates(Path dir) {
    this.dir = dir;
  }

  private record Key(RunId run, long step) {}

  /** Copies the state of a run at a checkpoint; to be called by the owner of the run. */
  public void keep(RunAggregate run, RunWatch watch, long step) {
    unwritten.put(new Key(run.run(), step), SavedRun.of(run, watch));
    List<Long> steps =
        unwritten.keySet().stream()
            .filter(key -> key.run.equals(run.run()))
            .map(Key::step)
            .sorted()
            .toList();
    steps
        .subList(0, Math.max(0, steps.size() - MOST))
        .forEach(oldest -> unwritten.remove(new Key(run.run(), oldest)));
  }

  /** Whether there is something to write. */
  public boolean isUnwritten() {
    return !unwritten.isEmpty();
  }

  /** Writes what was kept, and waits for the disk. */
  public void write() throws IOException {
    for (Map.Entry<Key, SavedRun> kept : new TreeMap<>(unwrittenByStep()).values()) {
      Key key = kept.getKey();
      Path folder = folder(key.run);
      SnapshotFile.write(folder, name(key.step), JournalPlace.NONE, kept.getValue().bytes());
      unwritten.remove(key, kept.getValue());
      makeLatest(folder, folder.resolve(name(key.step)));
      removeOldest(folder);
    }
  }

  private Map<String, Map.Entry<Key, SavedRun>> unwrittenByStep() {
    Map<String, Map.Entry<Key, SavedRun>> ordered = new TreeMap<>();
    unwritten.forEach(
        (key, saved) ->
            ordered.put(key.run + " " + String.format("%019d", key.step), Map.entry(key, saved)));
    return ordered;
  }

  /**
   * The state of a run at a step.
   *
   * @return null where none was kept, or it cannot be read
   */
  public SnapshotStore.@Nullable RestoredRun find(RunId run, long step) {
    try {
      SavedRun kept = unwritten.get(new Key(run, step));
      return kept == null ? SnapshotFile.read(folder(run).resolve(name(step))) : kept.restore();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Removes the states of a run. */
  public void forget(RunId run) throws IOException {
    unwritten.keySet().removeIf(key -> key.run.equals(run));
    Path folder = folder(run);
    for (Path file : files(folder)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  /** Whatever a clock says that went back since the others were written. */
  private static void makeLatest(Path folder, Path file) throws IOException {
    List<Path> files = files(folder);
    Path latest = files.get(files.size() - 1);
    if (!latest.equals(file)) {
      long after = latest.toFile().lastModified() + 1;
      Files.setLastModifiedTime(file, FileTime.fromMillis(after));
    }
  }

  private static void removeOldest(Path folder) throws IOException {
    List<Path> files = files(folder);
    for (Path file : files.subList(0, Math.max(0, files.size() - MOST))) {
      Files.deleteIfExists(file);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted(
              Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                  .thenComparing(Path::compareTo))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private Path folder(RunId run) {
    return dir.resolve(run.value());
  }

  private static String name(long step) {
    return String.format("%019d", step) + SUFFIX;
  }
}
