package io.engram.collector.aggregate;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All runs that a collector knows. Not thread-safe: everything here and in the {@link
 * RunAggregate}s belongs to one context.
 */
public final class Runs {
  private final InstantSource clock;
  private final SortedMap<RunId, RunAggregate> runs = new TreeMap<>();
  private long undecodable;

  /**
   * @param clock the collector's own time, by which a run is idle
   */
  public Runs(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Takes the events of a batch in their order. Its undecodable frames are counted against the run
   * that all of its readable events belong to, and against no run if there is no such run.
   */
  public void apply(EventBatch batch) {
    throw new UnsupportedOperationException();
  }

  /** Takes one event, of a known run or of a new one. Never fails on what an event holds. */
  public void apply(EventEnvelope envelope) {
    throw new UnsupportedOperationException();
  }

  /** Adds a run that was restored; it counts as active from now on. */
  public void add(RunAggregate run) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }
}
