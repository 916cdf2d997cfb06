package io.engram.collector.metrics;

import io.engram.collector.aggregate.Distribution;
import io.engram.collector.aggregate.HistogramCounts;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gathers data points by metric. Label values stand in the order of the metric's labels. */
final class MetricFamilies {
  private final Map<MetricNames, List<CounterDataPointSnapshot>> counters = newMap();
  private final Map<MetricNames, List<GaugeDataPointSnapshot>> gauges = newMap();
  private final Map<MetricNames, List<InfoDataPointSnapshot>> infos = newMap();
  private final Map<MetricNames, List<HistogramDataPointSnapshot>> histograms = newMap();

  private final Map<MetricNames, List<SummaryDataPointSnapshot>> summaries = newMap();

  private static <T> Map<MetricNames, List<T>> newMap() {
    return new EnumMap<>(MetricNames.class);
  }

  private static <T> void add(Map<MetricNames, List<T>> map, MetricNames name, T point) {
    map.computeIfAbsent(name, key -> new ArrayList<>()).add(point);
  }

  private static Labels labels(MetricNames name, String... values) {
    return Labels.of(name.labels(), Arrays.asList(values));
  }

  void counter(MetricNames name, long value, String... labels) {
    add(
        counters,
        name,
        CounterDataPointSnapshot.builder()
            .value((double) value)
            .labels(labels(name, labels))
            .build());
  }

  void gauge(MetricNames name, double value, String... labels) {
    add(
        gauges,
        name,
        GaugeDataPointSnapshot.builder().value(value).labels(labels(name, labels)).build());
  }

  /** A count, exact up to 2<sup>53</sup>. */
  void gauge(MetricNames name, long value, String... labels) {
    gauge(name, (double) value, labels);
  }

  void info(MetricNames name, String... labels) {
    add(infos, name, InfoDataPointSnapshot.builder().labels(labels(name, labels)).build());
  }

  void histogram(MetricNames name, HistogramCounts counts, String... labels) {
    add(
        histograms,
        name,
        new HistogramDataPointSnapshot(
            classicBuckets(counts.upperBounds(), counts.counts()),
            counts.schema(),
            counts.zeroCount(),
            counts.zeroThreshold(),
            nativeBuckets(counts),
            NativeHistogramBuckets.EMPTY,
            counts.sum(),
            labels(name, labels),
            Exemplars.EMPTY,
            0));
  }

  /** A number of durations and their sum, without quantiles. */
  void summary(MetricNames name, long count, double sum, String... labels) {
    add(
        summaries,
        name,
        SummaryDataPointSnapshot.builder()
            .count(count)
            .sum(sum)
            .labels(labels(name, labels))
            .build());
  }

  /** Quantiles alone, as of a sample that the next one replaces: its size is no total. */
  void quantiles(MetricNames name, Quantiles quantiles, String... labels) {
    add(
        summaries,
        name,
        SummaryDataPointSnapshot.builder()
            .quantiles(quantiles)
            .labels(labels(name, labels))
            .build());
  }

  /** A gauge that is left out where there is no number. */
  void gaugeIfNumber(MetricNames name, double value, String... labels) {
    if (!Double.isNaN(value)) {
      gauge(name, value, labels);
    }
  }

  /**
   * One gauge for each range, with its upper bound as the last label. Not a gauge histogram:
   * Prometheus 2.42 reads those from protobuf under names without {@code _bucket}.
   */
  void distribution(MetricNames name, Distribution distribution, String... labels) {
    for (int i = 0; i < distribution.counts().length; i++) {
      String[] withBound = Arrays.copyOf(labels, labels.length + 1);
      withBound[labels.length] =
          i < distribution.upperBounds().length ? bound(distribution.upperBounds()[i]) : "+Inf";
      gauge(name, distribution.counts()[i], withBound);
    }
  }

  /** The end of a range as a label value: 0.2, 1, 30. */
  static String bound(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static ClassicHistogramBuckets classicBuckets(double[] upperBounds, long[] counts) {
    double[] bounds = Arrays.copyOf(upperBounds, counts.length);
    bounds[counts.length - 1] = Double.POSITIVE_INFINITY;
    return ClassicHistogramBuckets.of(bounds, counts);
  }

  private static NativeHistogramBuckets nativeBuckets(HistogramCounts counts) {
    NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
    for (int i = 0; i < counts.nativeCounts().length; i++) {
      if (counts.nativeCounts()[i] > 0) {
        buckets.bucket(counts.firstIndex() + i, counts.nativeCounts()[i]);
      }
    }
    return buckets.build();
  }

  MetricSnapshots build() {
    List<MetricSnapshot> all = new ArrayList<>();
    counters.forEach((name, points) -> all.add(new CounterSnapshot(name.metadata(), points)));
    gauges.forEach((name, points) -> all.add(new GaugeSnapshot(name.metadata(), points)));
    infos.forEach((name, points) -> all.add(new InfoSnapshot(name.metadata(), points)));
    histograms.forEach((name, points) -> all.add(new HistogramSnapshot(name.metadata(), points)));
    summaries.forEach((name, points) -> all.add(new SummarySnapshot(name.metadata(), points)));
    return new MetricSnapshots(all);
  }
}
