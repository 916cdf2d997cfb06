package io.engram.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.FixedRuns;
import io.engram.collector.watch.FixedWatch;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metrics of the runs; those of the collector itself begin with {@code engram_collector_}. */
class MetricNamesTest {
  private static final Map<String, MetricNames> BY_BASE_NAME =
      Arrays.stream(MetricNames.values())
          .filter(name -> !name.text().startsWith("engram_collector_"))
          .collect(Collectors.toMap(name -> name.metadata().getName(), Function.identity()));

  private static MetricSnapshots collected() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    new RunMetrics(FixedRuns.runs()::snapshot).collect().forEach(all::metricSnapshot);
    new OnsetMetrics(FixedWatch::all).collect().forEach(all::metricSnapshot);
    return all.build();
  }

  @Test
  void everyNameIsShownAndNothingElse() {
    assertThat(collected().stream().map(metric -> metric.getMetadata().getName()))
        .containsExactlyInAnyOrderElementsOf(BY_BASE_NAME.keySet());
  }

  @Test
  void typesLabelsHelpAndUnitsAreAsDeclared() {
    for (MetricSnapshot metric : collected()) {
      MetricNames name = BY_BASE_NAME.get(metric.getMetadata().getName());
      Class<?> type =
          switch (name.type()) {
            case COUNTER -> CounterSnapshot.class;
            case GAUGE -> GaugeSnapshot.class;
            case HISTOGRAM -> HistogramSnapshot.class;
            case INFO -> InfoSnapshot.class;
            case SUMMARY -> SummarySnapshot.class;
            default -> throw new AssertionError(name);
          };
      assertThat(metric).as(name.text()).isInstanceOf(type);
      assertThat(metric.getMetadata().getHelp()).endsWith(".");
      assertThat(metric.getDataPoints())
          .as(name.text())
          .isNotEmpty()
          .allSatisfy(
              point ->
                  assertThat(point.getLabels().stream().map(Label::getName))
                      .containsExactlyInAnyOrderElementsOf(name.labels()));
    }
  }

  @Test
  void allShareTheRunLabelAndTheUnitIsInTheName() {
    for (MetricNames name : BY_BASE_NAME.values()) {
      assertThat(name.text()).matches("engram_[a-z]+(_[a-z]+)*");
      assertThat(name.labels()).startsWith("run").doesNotHaveDuplicates();
      if (name.metadata().getUnit() != null) {
        assertThat(name.metadata().getName()).endsWith("_" + name.metadata().getUnit());
      }
    }
  }
}
