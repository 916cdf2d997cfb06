package io.engram.collector;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.ingest.RefusedException;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.events.RunId;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many runs a collector takes. Belongs to the context that owns the runs. */
final class RunLimit {
  /** What an answer on the bus says that refuses a run. */
  static final int REFUSED = 403;

  private static final Logger LOG = LoggerFactory.getLogger(RunLimit.class);

  private final Runs runs;
  private final int most;
  private final CollectorMetrics metrics;
  private boolean told;

  RunLimit(Runs runs, int most, CollectorMetrics metrics) {
    this.runs = runs;
    this.most = most;
    this.metrics = metrics;
  }

  /**
   * Says whether events of a run may be taken.
   *
   * @param beginning runs of which something is under way to the disk, known ones or not
   * @throws RefusedException if the run is new, and there are as many as may be; counted
   */
  void check(RunId run, Set<RunId> beginning, int events) {
    if (runs.find(run) != null || beginning.contains(run)) {
      return;
    }
    long pending = beginning.stream().filter(each -> runs.find(each) == null).count();
    if (runs.size() + pending < most) {
      told = false;
      return;
    }
    metrics.eventsRefused("run_limit", events);
    String problem =
        ("run '%s' is refused: this collector has %d runs and takes no more (--most-runs); one that"
                + " is silent makes room after --run-retention")
            .formatted(run, runs.size());
    if (!told) {
      told = true;
      LOG.warn(problem);
    }
    throw new RefusedException(problem);
  }
}
