package io.engram.collector.aggregate;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All runs that a collector knows. Layers beyond {@value #MOST_LAYERS_OF_A_RUN} of a run, or
 * {@value #MOST_LAYERS} of all, have no series; what was measured of them is counted. Not
 * thread-safe: everything here and in the {@link RunAggregate}s belongs to one context.
 */
public final class Runs {
  /** Layers of one run that have series of their own. */
  static final int MOST_LAYERS_OF_A_RUN = 512;

  private static final int MOST_LAYERS = 20_000;

  private final InstantSource clock;
  private final SortedMap<RunId, RunAggregate> runs = new TreeMap<>();
  private long undecodable;

  /**
   * @param clock the collector's own time, by which a run is idle
   */
  public Runs(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes the events of a batch, with nobody to be told after each. */
  public void apply(EventBatch batch) {
    apply(batch, run -> {});
  }

  /**
   * Takes the events of a batch in their order, and counts its undecodable frames.
   *
   * @param applied is told of the run after each event
   */
  public void apply(EventBatch batch, Consumer<RunAggregate> applied) {
    for (EventEnvelope envelope : batch.envelopes()) {
      apply(envelope);
      applied.accept(Objects.requireNonNull(runs.get(envelope.run())));
    }
    countUndecodable(batch);
  }

  /**
   * Counts the undecodable frames of a batch against the run that all of its readable events belong
   * to, and against no run if there is no such run.
   */
  public void countUndecodable(EventBatch batch) {
    if (batch.undecodable() > 0) {
      List<RunId> speakers = batch.envelopes().stream().map(EventEnvelope::run).distinct().toList();
      RunAggregate run = speakers.size() == 1 ? runs.get(speakers.get(0)) : null;
      if (run != null) {
        run.addUndecodable(batch.undecodable());
      } else {
        undecodable += batch.undecodable();
      }
    }
  }

  /**
   * All of a parcel was there to be applied.
   *
   * @param last sequence of its last event
   * @param left events of it that could not be read or applied
   */
  public void endOfParcel(RunId id, long incarnation, long last, int left) {
    RunAggregate run = runs.get(id);
    if (run != null) {
      run.endOfParcel(incarnation, last, left);
      run.touch(clock.millis());
    } else {
      undecodable += left;
    }
  }

  /**
   * Takes a known run back to what was known of it at a checkpoint; what was done after it is kept
   * as a branch that was left, and counted as done again.
   */
  public void resume(RunAggregate checkpoint) {
    RunAggregate left = runs.get(checkpoint.run());
    if (left != null) {
      add(checkpoint.resumeAfter(left));
    }
  }

  /**
   * Takes one event. A run that is not known begins with it. So does a new incarnation of a known
   * run, and what was known before is gone, unless the event is the header of a resumed run: then
   * the incarnation continues the run's history.
   */
  public void apply(EventEnvelope envelope) {
    RunAggregate run = runs.get(envelope.run());
    if (run == null || (envelope.incarnation() > run.incarnation() && !isResume(envelope))) {
      run = new RunAggregate(envelope);
      put(run);
    }
    run.apply(envelope);
    run.touch(clock.millis());
  }

  private static boolean isResume(EventEnvelope envelope) {
    return envelope.event() instanceof RunStarted started && started.resumedFromStep() >= 0;
  }

  /** Adds a run that was restored, in place of one of the same id; it is active as of now. */
  public void add(RunAggregate run) {
    put(run);
    run.touch(clock.millis());
  }

  private void put(RunAggregate run) {
    runs.put(run.run(), run);
    run.limitLayers(() -> roomOf(run));
  }

  /**
   * How many layers a run may have: {@value #MOST_LAYERS_OF_A_RUN}, and {@value #MOST_LAYERS} with
   * all others. Cost: one pass over the runs.
   */
  private int roomOf(RunAggregate run) {
    int others = 0;
    for (RunAggregate each : runs.values()) {
      others += each == run ? 0 : each.layers();
    }
    return Math.max(0, Math.min(MOST_LAYERS_OF_A_RUN, MOST_LAYERS - others));
  }

  /** How many runs are known. */
  public int size() {
    return runs.size();
  }

  /** Forgets a run. */
  public void remove(RunId run) {
    runs.remove(run);
  }

  /** The run, or null if it is not known. */
  public @Nullable RunAggregate find(RunId run) {
    return runs.get(run);
  }

  /** The runs in the order of their ids; a live view. */
  public Collection<RunAggregate> all() {
    return Collections.unmodifiableCollection(runs.values());
  }

  /** Cost: proportional to runs and layers, not to examples or steps. */
  public RunsSnapshot snapshot() {
    List<RunSnapshot> snapshots = new ArrayList<>(runs.size());
    runs.values().forEach(run -> snapshots.add(run.snapshot()));
    return new RunsSnapshot(snapshots, undecodable);
  }

  /**
   * Removes the runs of which nothing was received for as long as {@code idle}, by the collector's
   * time.
   *
   * @return the removed runs, to be kept elsewhere
   */
  public List<RunAggregate> removeIdle(Duration idle) {
    long latest = clock.millis() - idle.toMillis();
    List<RunAggregate> removed =
        runs.values().stream().filter(run -> run.touchedMillis() <= latest).toList();
    removed.forEach(run -> runs.remove(run.run()));
    return removed;
  }
}
