package io.engram.collector.watch;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The detectors of all runs. Not thread-safe: it belongs to the context that owns the {@link
 * io.engram.collector.aggregate.Runs}.
 */
public final class Watches {
  private final SortedMap<RunId, RunWatch> watches = new TreeMap<>();

  /**
   * Takes what is new in a run. To be called after each event that was applied to it; costs a few
   * comparisons unless the event completed a look.
   *
   * @return the channels that were raised just now, seldom any
   */
  public List<OnsetAlarm> update(RunAggregate run) {
    return of(run).update(run);
  }

  /**
   * The run's own, which begins where there is none. Its settings are those of the run's header as
   * long as no look was taken; from then on they stay, for part of the level is spent.
   */
  public RunWatch of(RunAggregate run) {
    RunWatch watch = watches.get(run.run());
    if (watch == null || !watch.isOf(run) || isToldOtherwise(watch, run)) {
      watch = new RunWatch(run, settings(run));
      watches.put(run.run(), watch);
    }
    return watch;
  }

  private static boolean isToldOtherwise(RunWatch watch, RunAggregate run) {
    return run.looks() == 0 && !watch.settings().equals(settings(run));
  }

  private static RunStarted.Onset settings(RunAggregate run) {
    RunStarted header = run.header();
    return header == null ? RunStarted.Onset.DEFAULT : header.onset();
  }

  /** Adds what was restored of a run, in place of what there is. */
  public void add(RunId run, RunWatch watch) {
    watches.put(run, watch);
  }

  /** Forgets a run. */
  public void remove(RunId run) {
    watches.remove(run);
  }

  /** What is decided of each run, in the order of their ids. */
  public SortedMap<RunId, WatchSnapshot> snapshot() {
    SortedMap<RunId, WatchSnapshot> snapshots = new TreeMap<>();
    watches.forEach((run, watch) -> snapshots.put(run, watch.snapshot()));
    return snapshots;
  }
}
