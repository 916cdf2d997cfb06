package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.store.SavedRun;
import io.engram.collector.store.SnapshotStore;
import io.engram.events.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
  private final CollectorMetrics metrics;
  private final @Nullable SnapshotStore store;
  private final Set<RunId> unsaved = new LinkedHashSet<>();
  private Future<Void> lastSave = Future.succeededFuture();

  RunKeeper(Vertx vertx, Runs runs, CollectorMetrics metrics, @Nullable Path stateDir) {
    this.vertx = vertx;
    this.runs = runs;
    this.metrics = metrics;
    this.store = stateDir == null ? null : new SnapshotStore(stateDir);
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
    return blocking(store::restore)
        .map(
            restored -> {
              restored.problems().forEach(LOG::warn);
              restored.runs().forEach(runs::add);
              if (!restored.runs().isEmpty()) {
                LOG.info("{} saved runs are back", restored.runs().size());
              }
              return null;
            });
  }

  /** The run has something to save. */
  void changed(RunId run) {
    if (store != null) {
      unsaved.add(run);
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
    lastSave = lastSave.compose(done -> save(take(unsaved)));
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
      if (store != null) {
        SavedRun saved = SavedRun.of(run);
        lastSave =
            lastSave.compose(
                done ->
                    blocking(
                            () -> {
                              store.retire(saved);
                              return saved.run();
                            })
                        .otherwise(failure -> failed("filed away", saved.run(), failure))
                        .mapEmpty());
      }
    }
    return removed.stream().map(RunAggregate::run).toList();
  }

  private Future<Void> save(Deque<RunId> left) {
    RunId next = left.poll();
    if (next == null || store == null) {
      return Future.succeededFuture();
    }
    RunAggregate run = runs.find(next);
    if (run == null) {
      return save(left);
    }
    SavedRun saved = SavedRun.of(run);
    return blocking(
            () -> {
              store.write(saved);
              return next;
            })
        .otherwise(
            failure -> {
              unsaved.add(next);
              return failed("saved", next, failure);
            })
        .compose(done -> save(left));
  }

  private RunId failed(String what, RunId run, Throwable failure) {
    metrics.saveFailed();
    LOG.error("Run {} could not be {}: {}", run, what, failure.toString());
    return run;
  }

  private static Deque<RunId> take(Set<RunId> runs) {
    Deque<RunId> taken = new ArrayDeque<>(runs);
    runs.clear();
    return taken;
  }

  /** In the order of the calls, one at a time. */
  private <T> Future<T> blocking(Callable<T> work) {
    return vertx.executeBlocking(work, true);
  }
}
