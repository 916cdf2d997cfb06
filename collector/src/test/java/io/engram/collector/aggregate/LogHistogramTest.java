package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Against the Prometheus client's own histogram, which is the second implementation. */
class LogHistogramTest {
  @Provide
  Arbitrary<List<Double>> norms() {
    Arbitrary<Double> anywhere =
        Arbitraries.integers().between(-60, 63).map(e -> Math.scalb(1.0, e));
    Arbitrary<Double> onBounds =
        Arbitraries.integers().between(-480, 500).map(i -> Math.pow(2, i / 8.0));
    Arbitrary<Double> near = Arbitraries.doubles().between(0, 1000).ofScale(8);
    return Arbitraries.oneOf(
            anywhere,
            onBounds,
            near,
            near,
            Arbitraries.of(DoubleStream.of(LogHistogram.NORMS.upper()).boxed().toList()),
            Arbitraries.just(0.0))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void countsAsThePrometheusClient(@ForAll("norms") List<Double> values) {
    LogHistogram histogram = new LogHistogram(LogHistogram.NORMS);
    Histogram client =
        Histogram.builder()
            .name("norms")
            .classicUpperBounds(LogHistogram.NORMS.upper())
            .nativeInitialSchema(3)
            .nativeMinZeroThreshold(0x1p-64)
            .nativeMaxZeroThreshold(0x1p-64)
            .nativeMaxNumberOfBuckets(0)
            .build();
    values.forEach(histogram::observe);
    values.forEach(client::observe);
    HistogramDataPointSnapshot expected = clientSnapshot(client, values);
    HistogramCounts actual = histogram.snapshot();
    for (int i = 0; i < actual.counts().length; i++) {
      assertThat(actual.counts()[i]).isEqualTo(expected.getClassicBuckets().getCount(i));
    }
    assertThat(actual.count()).isEqualTo(expected.getCount());
    assertThat(actual.zeroCount()).isEqualTo(expected.getNativeZeroCount());
    assertThat(buckets(actual))
        .isEqualTo(mergedTo(actual.schema(), expected.getNativeBucketsForPositiveValues()));
    assertThat(actual.nativeCounts()).hasSizeLessThanOrEqualTo(160);
    assertThat(LongStream.of(actual.nativeCounts()).sum() + actual.zeroCount())
        .isEqualTo(actual.count());
  }

  private static HistogramDataPointSnapshot clientSnapshot(Histogram client, List<Double> values) {
    if (values.isEmpty()) {
      client.initLabelValues();
    }
    return client.collect().getDataPoints().get(0);
  }

  private static Map<Integer, Long> buckets(HistogramCounts counts) {
    Map<Integer, Long> buckets = new TreeMap<>();
    for (int i = 0; i < counts.nativeCounts().length; i++) {
      if (counts.nativeCounts()[i] > 0) {
        buckets.put(counts.firstIndex() + i, counts.nativeCounts()[i]);
      }
    }
    return buckets;
  }

  /** A bucket of schema s+1 lies in the one of schema s whose upper bound is next. */
  private static Map<Integer, Long> mergedTo(int schema, NativeHistogramBuckets schema3) {
    Map<Integer, Long> merged = new TreeMap<>();
    int width = 1 << (3 - schema);
    for (int i = 0; i < schema3.size(); i++) {
      int index = Math.floorDiv(schema3.getBucketIndex(i) + width - 1, width);
      merged.merge(index, schema3.getCount(i), Long::sum);
    }
    return merged;
  }

  @Test
  void mergesBucketsWhenValuesLieFarApart() {
    LogHistogram histogram = new LogHistogram(LogHistogram.NORMS);
    histogram.observe(1e-9);
    histogram.observe(1e9);
    assertThat(histogram.snapshot().schema()).isEqualTo(1);
    histogram.observe(0x1p-63);
    histogram.observe(0x1p63);
    assertThat(histogram.snapshot().schema()).isEqualTo(0);
    assertThat(histogram.snapshot().count()).isEqualTo(4);
  }

  @Test
  void valuesBeyondTheNativeRangeAreInItsEnds() {
    LogHistogram histogram = new LogHistogram(LogHistogram.NORMS);
    histogram.observe(Double.MIN_VALUE);
    histogram.observe(0x1p-64);
    histogram.observe(Double.MAX_VALUE);
    HistogramCounts counts = histogram.snapshot();
    assertThat(counts.zeroCount()).isEqualTo(2);
    assertThat(buckets(counts)).isEqualTo(Map.of(512, 1L));
    assertThat(counts.counts()[0]).isEqualTo(2);
    assertThat(counts.counts()[counts.counts().length - 1]).isEqualTo(1);
  }

  @Test
  void whatIsNoNormIsOnlyCounted() {
    LogHistogram histogram = new LogHistogram(LogHistogram.NORMS);
    histogram.observe(Double.NaN);
    histogram.observe(Double.POSITIVE_INFINITY);
    histogram.observe(-1);
    histogram.observe(-0.0);
    HistogramCounts counts = histogram.snapshot();
    assertThat(counts.invalid()).isEqualTo(3);
    assertThat(counts.count()).isEqualTo(1);
    assertThat(counts.zeroCount()).isEqualTo(1);
    assertThat(counts.sum()).isZero();
  }
}
