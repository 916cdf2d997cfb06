package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.store.CheckpointStates;
import io.engram.collector.store.JournalPlace;
import io.engram.collector.store.SavedRun;
import io.engram.collector.store.SnapshotStore;
import io.engram.collector.watch.RunWatch;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runs' state on disk. A run is copied on the event loop, one after the other, and
 * written on a worker; runs that did not change are not written again. Without a folder it keeps
 * nothing. Belongs to the context that owns the runs.
 */
final class RunKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(RunKeeper.class);

  private final Vertx vertx;
  private final Runs runs;
  private final Watches watches;
  private final CollectorMetrics metrics;
  private final @Nullable SnapshotStore store;
  private final @Nullable CheckpointStates states;
  private final Map<RunId, Long> savedPositions = new HashMap<>();
  private LongSupplier position = () -> 0;
  private boolean statesFailed;
  private long readFrom;
  private final Set<RunId> unsaved = new LinkedHashSet<>();
  private Future<Void> lastSave = Future.succeededFuture();

  RunKeeper(
      Vertx vertx,
      Runs runs,
      Watches watches,
      CollectorMetrics metrics,
      @Nullable Path stateDir,
      @Nullable CheckpointStates states) {
    this.vertx = vertx;
    this.runs = runs;
    this.watches = watches;
    this.metrics = metrics;
    this.store = stateDir == null ? null : new SnapshotStore(stateDir);
    this.states = states;
  }

  /**
   * @param position index of the journal before which everything is applied, asked for on the
   *     context of the runs
   */
  void journalPosition(LongSupplier position) {
    this.position = position;
  }

  /** Index of the journal before which everything of a run is in its snapshot; 0 without one. */
  long savedPosition(RunId run) {
    return savedPositions.getOrDefault(run, 0L);
  }

  /** Index of the journal before which everything of every run is in its snapshot. */
  long readFrom() {
    return readFrom;
  }

  /** The least of these over all runs, or {@code otherwise} where there are none. */
  long leastSavedPosition(long otherwise) {
    return runs.all().stream().mapToLong(run -> savedPosition(run.run())).min().orElse(otherwise);
  }

  /**
   * Adds the saved runs.
   *
   * @return fails if the folder cannot be used; a run that cannot be read is left out, with a line
   *     in the log
   */
  Future<Void> restore() {
    if (store == null) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(store::restore)
        .map(
            restored -> {
              restored.problems().forEach(LOG::warn);
              restored.runs().forEach(this::add);
              if (!restored.runs().isEmpty()) {
                LOG.info("{} saved runs are back", restored.runs().size());
              }
              return null;
            });
  }

  private void add(SnapshotStore.RestoredRun restored) {
    runs.add(restored.run());
    watches.add(restored.run().run(), restored.watch());
    savedPositions.put(restored.run().run(), restored.place().applied());
    readFrom = Math.max(readFrom, restored.place().saved());
  }

  /** The run has something to save; what was kept at a checkpoint is written at once. */
  void changed(RunId run) {
    if (store != null) {
      unsaved.add(run);
    }
    if (states != null && states.isUnwritten() && !statesFailed && lastSave.isComplete()) {
      lastSave = writeStates();
    }
  }

  /** Saves what changed, unless that is still under way. */
  void saveNowAndThen() {
    if (lastSave.isComplete()) {
      saveAll();
    }
  }

  /**
   * Saves what changed, after what is under way.
   *
   * @return never fails: what could not be saved is logged, and tried again the next time
   */
  Future<Void> saveAll() {
    lastSave = lastSave.compose(done -> writeStates()).compose(done -> save(take(unsaved)));
    return lastSave;
  }

  /**
   * Removes the runs that are idle, and files them away.
   *
   * @return the removed runs
   */
  List<RunId> retire(Duration idle) {
    List<RunAggregate> removed = runs.removeIdle(idle);
    for (RunAggregate run : removed) {
      LOG.info("Run {} was silent for {} and leaves", run.run(), idle);
      unsaved.remove(run.run());
      savedPositions.remove(run.run());
      RunWatch watch = watches.of(run);
      watches.remove(run.run());
      if (store != null) {
        lastSave = lastSave.compose(done -> write(run, watch, this::fileAway, "filed away"));
      }
    }
    return removed.stream().map(RunAggregate::run).toList();
  }

  private void fileAway(SavedRun saved) throws IOException {
    if (store != null) {
      store.retire(saved);
    }
    if (states != null) {
      states.forget(saved.run());
    }
  }

  /** States of checkpoints are on the disk before a snapshot that builds on them. */
  private Future<Void> writeStates() {
    CheckpointStates writing = states;
    if (writing == null || !writing.isUnwritten()) {
      return Future.succeededFuture();
    }
    return vertx
        .<Void>executeBlocking(
            () -> {
              writing.write();
              return null;
            },
            true)
        .onSuccess(written -> statesFailed = false)
        .recover(
            failure -> {
              statesFailed = true;
              metrics.saveFailed();
              LOG.error("States of checkpoints could not be saved: {}", failure.toString());
              return Future.succeededFuture();
            });
  }

  private Future<Void> save(Deque<RunId> left) {
    RunId next = left.poll();
    if (next == null || store == null) {
      return Future.succeededFuture();
    }
    RunAggregate run = runs.find(next);
    Future<Void> saved =
        run == null ? Future.succeededFuture() : write(run, watches.of(run), store::write, "saved");
    return saved.compose(done -> save(left));
  }

  private Future<Void> write(RunAggregate run, RunWatch watch, Write write, String done) {
    long upTo = position.getAsLong();
    JournalPlace place = new JournalPlace(upTo, leastSavedPosition(upTo));
    return Future.succeededFuture(run)
        .map(copied -> SavedRun.of(copied, watch, place))
        .compose(
            saved ->
                vertx.<Void>executeBlocking(
                    () -> {
                      write.accept(saved);
                      return null;
                    },
                    true))
        .onSuccess(written -> noteSaved(run.run(), upTo))
        .recover(
            failure -> {
              metrics.saveFailed();
              LOG.error("Run {} could not be {}: {}", run.run(), done, failure.toString());
              if (runs.find(run.run()) != null) {
                unsaved.add(run.run());
              }
              return Future.succeededFuture();
            });
  }

  private void noteSaved(RunId run, long upTo) {
    if (runs.find(run) != null) {
      savedPositions.put(run, upTo);
    }
  }

  private static Deque<RunId> take(Set<RunId> runs) {
    Deque<RunId> taken = new ArrayDeque<>(runs);
    runs.clear();
    return taken;
  }

  private interface Write {
    void accept(SavedRun saved) throws IOException;
  }
}
