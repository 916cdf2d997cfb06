package io.engram.collector.metrics;

import io.engram.collector.aggregate.RunsSnapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/** All runs as Prometheus metrics. Register it once in the registry that is scraped. */
public final class RunMetrics implements MultiCollector {
  private final Supplier<RunsSnapshot> runs;

  /**
   * @param runs gives the snapshot to show; called by whichever thread scrapes
   */
  public RunMetrics(Supplier<RunsSnapshot> runs) {
    this.runs = runs;
  }

  @Override
  public MetricSnapshots collect() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> getPrometheusNames() {
    throw new UnsupportedOperationException();
  }
}
