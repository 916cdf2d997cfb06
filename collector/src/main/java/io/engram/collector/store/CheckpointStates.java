package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.watch.RunWatch;
import io.engram.events.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a collector knew of a run at each of its checkpoints, so that a resumed run goes on from
 * there: one file for a checkpoint. Of those that were asked for the latest {@value #MOST} of a run
 * are kept; of those that the run keeps for a while, the same that it keeps, and the one that it
 * named the one from before the onset. A state is found from the moment it is kept; that it is
 * written before a later snapshot of the run is the caller's part.
 */
public final class CheckpointStates {
  static final int MOST = 8;
  static final int MOST_FOR_A_WHILE = 64;
  private static final String SUFFIX = ".state";
  private static final String BEFORE_ONSET = "before-onset";

  private final Path dir;
  private final Map<Key, SavedRun> unwritten = new ConcurrentHashMap<>();
  private final Map<RunId, Retained> unretained = new ConcurrentHashMap<>();

  /**
   * @param dir where the states are, made when needed
   */
  public CheckpointStates(Path dir) {
    this.dir = dir;
  }

  /** Where the files of a kind of checkpoint are in the folder of a run. */
  private enum Kind {
    ASKED_FOR(""),
    FOR_A_WHILE("kept");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }
  }

  private record Key(RunId run, Kind kind, long step) {}

  private record Retained(List<Long> steps, long beforeOnset) {}

  /** Copies the state of a run at a checkpoint; to be called by the owner of the run. */
  public void keep(RunAggregate run, RunWatch watch, long step) {
    unwritten.put(new Key(run.run(), Kind.ASKED_FOR, step), SavedRun.of(run, watch));
    List<Long> steps =
        unwritten.keySet().stream()
            .filter(key -> key.run.equals(run.run()) && key.kind == Kind.ASKED_FOR)
            .map(Key::step)
            .sorted()
            .toList();
    steps
        .subList(0, Math.max(0, steps.size() - MOST))
        .forEach(oldest -> unwritten.remove(new Key(run.run(), Kind.ASKED_FOR, oldest)));
  }

  /**
   * The same at a checkpoint that the run keeps for a while, until {@link #retain} does not name it
   * any more.
   */
  public void keepForAWhile(RunAggregate run, RunWatch watch, long step) {
    unwritten.put(new Key(run.run(), Kind.FOR_A_WHILE, step), SavedRun.of(run, watch));
  }

  /**
   * Which checkpoints a run keeps for a while; the states of others go, and those beyond the latest
   * {@value #MOST_FOR_A_WHILE}.
   *
   * @param all steps of these, ascending
   * @param beforeOnset the one of them whose state stays from now on, in the place of another; -1
   *     where that does not change
   */
  public void retain(RunId run, List<Long> all, long beforeOnset) {
    List<Long> steps = all.subList(Math.max(0, all.size() - MOST_FOR_A_WHILE), all.size());
    Retained before = unretained.get(run);
    long named = beforeOnset >= 0 || before == null ? beforeOnset : before.beforeOnset;
    unwritten
        .keySet()
        .removeIf(
            key ->
                key.run.equals(run)
                    && key.kind == Kind.FOR_A_WHILE
                    && key.step != named
                    && !steps.contains(key.step));
    unretained.put(run, new Retained(steps, named));
  }

  /** Whether there is something to write. */
  public boolean isUnwritten() {
    return !unwritten.isEmpty() || !unretained.isEmpty();
  }

  /** Writes what was kept, and waits for the disk; removes what is not kept any more. */
  public void write() throws IOException {
    List<Key> keys = new ArrayList<>(unwritten.keySet());
    keys.sort(Comparator.comparing((Key key) -> key.run.value()).thenComparing(Key::step));
    for (Key key : keys) {
      SavedRun saved = unwritten.get(key);
      if (saved != null) {
        Path folder = folder(key.run).resolve(key.kind.folder);
        SnapshotFile.write(folder, name(key.step), JournalPlace.NONE, saved.bytes());
        unwritten.remove(key, saved);
        if (key.kind == Kind.ASKED_FOR) {
          makeLatest(folder, folder.resolve(name(key.step)));
          List<Path> files = files(folder);
          remove(files.subList(0, Math.max(0, files.size() - MOST)));
        }
      }
    }
    for (Map.Entry<RunId, Retained> entry : List.copyOf(unretained.entrySet())) {
      retain(folder(entry.getKey()), entry.getValue());
      unretained.remove(entry.getKey(), entry.getValue());
    }
  }

  private static void retain(Path folder, Retained retained) throws IOException {
    Path kept = folder.resolve(Kind.FOR_A_WHILE.folder);
    Path named = kept.resolve(name(retained.beforeOnset));
    if (retained.beforeOnset >= 0 && Files.exists(named)) {
      Path before = folder.resolve(BEFORE_ONSET);
      Files.createDirectories(before);
      List<Path> others = files(before);
      Path file = before.resolve(named.getFileName());
      Path part = before.resolve(named.getFileName() + ".tmp");
      Files.copy(named, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      remove(others.stream().filter(other -> !other.equals(file)).toList());
    }
    List<String> names = retained.steps.stream().map(CheckpointStates::name).toList();
    remove(
        files(kept).stream()
            .filter(file -> !names.contains(String.valueOf(file.getFileName())))
            .toList());
  }

  /**
   * The state of a run at a step.
   *
   * @return null where none was kept, or it cannot be read
   */
  public SnapshotStore.@Nullable RestoredRun find(RunId run, long step) {
    try {
      for (Kind kind : Kind.values()) {
        SavedRun saved = unwritten.get(new Key(run, kind, step));
        if (saved != null) {
          return saved.restore();
        }
      }
      for (String in : List.of(Kind.ASKED_FOR.folder, Kind.FOR_A_WHILE.folder, BEFORE_ONSET)) {
        Path file = folder(run).resolve(in).resolve(name(step));
        if (Files.exists(file)) {
          return SnapshotFile.read(file);
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Removes the states of a run. */
  public void forget(RunId run) throws IOException {
    unwritten.keySet().removeIf(key -> key.run.equals(run));
    unretained.remove(run);
    Path folder = folder(run);
    for (String in : List.of(Kind.FOR_A_WHILE.folder, BEFORE_ONSET, "")) {
      Path files = folder.resolve(in);
      remove(files(files));
      Files.deleteIfExists(files);
    }
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

  private static void remove(List<Path> files) throws IOException {
    for (Path file : files) {
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
