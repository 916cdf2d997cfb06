package io.engram.collector.metrics;

import io.engram.collector.aggregate.SValidationScore;
import io.engram.collector.aggregate.SValidationSeriesSnapshot;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.collector.aggregate.SeriesNames;
import io.engram.events.svalidation.Attributable;
import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import io.engram.events.svalidation.Verdict;
import io.prometheus.metrics.model.snapshots.Quantiles;

/** The latest checkpoint of the live classifier as metrics. */
final class SValidationMetrics {
  private SValidationMetrics() {}

  static void collect(SValidationSnapshot svalidation, String id, MetricFamilies families) {
    if (svalidation.scores() > 0) {
      families.counter(MetricNames.SVALIDATION_CHECKPOINTS, svalidation.checkpoints(), id);
      families.summary(
          MetricNames.SVALIDATION_SECONDS, svalidation.scores(), svalidation.seconds(), id);
    }
    SValidationSeriesSnapshot live = svalidation.live();
    SValidationScore latest = live == null ? null : live.latest();
    if (live != null && latest != null) {
      collect(live, latest, id, families);
    }
  }

  private static void collect(
      SValidationSeriesSnapshot live, SValidationScore latest, String id, MetricFamilies families) {
    families.gauge(MetricNames.SVALIDATION_CHANCE, live.chance(), id);
    families.gauge(MetricNames.SVALIDATION_EPOCH, latest.epoch(), id);
    families.gaugeIfNumber(MetricNames.SVALIDATION_VALIDATION, latest.validationAccuracy(), id);
    families.gauge(MetricNames.SVALIDATION_DEAD_UNITS, latest.features().deadUnits(), id);
    families.gauge(MetricNames.SVALIDATION_DISTINCT_ROWS, latest.features().distinctRows(), id);
    families.gaugeIfNumber(
        MetricNames.SVALIDATION_CORRELATION, latest.features().meanAbsoluteCorrelation(), id);
    for (int i = 0; i < latest.sets().size(); i++) {
      SValidationScore.OfSet set = latest.sets().get(i);
      families.gauge(MetricNames.SVALIDATION_OBSERVED, set.judgement().observed(), id, set.name());
      collectNull(set, id, families);
      Attribution attribution = live.attribution(latest, i);
      families.gaugeIfNumber(
          MetricNames.SVALIDATION_NULL_INCREASE, attribution.centreIncrease(), id, set.name());
      families.gaugeIfNumber(
          MetricNames.SVALIDATION_OBSERVED_INCREASE,
          attribution.observedIncrease(),
          id,
          set.name());
      if (latest.hasVerdicts()) {
        collectVerdict(attribution, id, set.name(), families);
      }
    }
  }

  private static void collectNull(SValidationScore.OfSet set, String id, MetricFamilies families) {
    Judgement judgement = set.judgement();
    Quantiles quantiles =
        Quantiles.builder()
            .quantile(0, set.lowest())
            .quantile(0.025, judgement.lower())
            .quantile(0.25, judgement.lowerQuartile())
            .quantile(0.5, judgement.median())
            .quantile(0.75, judgement.upperQuartile())
            .quantile(0.975, judgement.upper())
            .quantile(1, set.highest())
            .build();
    families.quantiles(MetricNames.SVALIDATION_NULL, quantiles, id, set.name());
  }

  private static void collectVerdict(
      Attribution attribution, String id, String set, MetricFamilies families) {
    for (Verdict verdict : Verdict.values()) {
      families.gauge(
          MetricNames.SVALIDATION_VERDICT,
          verdict == attribution.judgement().verdict() ? 1 : 0,
          id,
          set,
          SeriesNames.label(verdict));
    }
    Attributable attributable = attribution.attributable();
    if (attributable != Attributable.UNKNOWN) {
      families.gauge(
          MetricNames.SVALIDATION_ATTRIBUTABLE, attributable == Attributable.YES ? 1 : 0, id, set);
    }
  }
}
