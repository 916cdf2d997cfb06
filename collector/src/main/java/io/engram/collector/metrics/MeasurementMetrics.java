package io.engram.collector.metrics;

import io.engram.collector.aggregate.CriticalSamplesSnapshot;
import io.engram.collector.aggregate.MeasurementsSnapshot;
import io.engram.collector.aggregate.MonitorSnapshot;
import io.engram.collector.aggregate.PairedChange;
import io.engram.collector.aggregate.ProbeSnapshot;
import io.engram.collector.aggregate.RoleLook;
import io.engram.collector.aggregate.SensitivitySnapshot;
import io.engram.collector.aggregate.SeriesNames;
import io.engram.collector.aggregate.SpectrumSnapshot;

/** What the probes of a run measured, as metrics; what was never measured is left out. */
final class MeasurementMetrics {
  private MeasurementMetrics() {}

  static void collect(MeasurementsSnapshot measurements, String id, MetricFamilies families) {
    measurements.criticalSamples().forEach(search -> collect(search, id, families));
    measurements.sensitivity().forEach(sensitivity -> collect(sensitivity, id, families));
    collect(measurements.monitor(), id, families);
    collect(measurements.spectrum(), id, families);
    SValidationMetrics.collect(measurements.svalidation(), id, families);
    measurements.probes().forEach(probe -> collect(probe, id, families));
  }

  private static void collect(CriticalSamplesSnapshot search, String id, MetricFamilies families) {
    String[] labels = {id, search.split().label(), search.radiusLabel()};
    families.counter(MetricNames.CRITICAL_SAMPLES, search.criticalTotal(), labels);
    families.counter(MetricNames.CRITICAL_SAMPLES_SEARCHED, search.searchedTotal(), labels);
    families.gauge(MetricNames.CRITICAL_SAMPLE_RATIO, search.ratio(), labels);
    families.gauge(MetricNames.CRITICAL_SAMPLE_RATIO_LOWER, search.interval().lower(), labels);
    families.gauge(MetricNames.CRITICAL_SAMPLE_RATIO_UPPER, search.interval().upper(), labels);
    families.gauge(
        MetricNames.CRITICAL_SAMPLE_RATIO_LOWER_ALWAYS, search.atEveryLook().lower(), labels);
    families.gauge(
        MetricNames.CRITICAL_SAMPLE_RATIO_UPPER_ALWAYS, search.atEveryLook().upper(), labels);
    PairedChange change = search.change();
    families.gaugeIfNumber(MetricNames.CRITICAL_SAMPLE_CHANGE_Z, change.z(), labels);
  }

  private static void collect(SensitivitySnapshot sensitivity, String id, MetricFamilies families) {
    String kind = sensitivity.kind().label();
    families.histogram(MetricNames.SENSITIVITY, sensitivity.values(), id, kind);
    families.counter(MetricNames.SENSITIVITY_INVALID, sensitivity.values().invalid(), id, kind);
    families.gaugeIfNumber(
        MetricNames.SENSITIVITY_GINI, sensitivity.gini().coefficient(), id, kind);
    families.gaugeIfNumber(
        MetricNames.SENSITIVITY_GINI_LOWER, sensitivity.gini().interval().lower(), id, kind);
    families.gaugeIfNumber(
        MetricNames.SENSITIVITY_GINI_UPPER, sensitivity.gini().interval().upper(), id, kind);
    families.gaugeIfNumber(
        MetricNames.SENSITIVITY_CLASS_DOMINANCE, sensitivity.matrix().dominance(), id, kind);
  }

  private static void collect(MonitorSnapshot monitor, String id, MetricFamilies families) {
    families.counter(MetricNames.MONITOR_LOOKS, monitor.looks(), id);
    families.counter(MetricNames.MONITOR_LOOKS_INCOMPLETE, monitor.incomplete(), id);
    for (RoleLook look : monitor.roles()) {
      String role = SeriesNames.label(look.role());
      families.gauge(MetricNames.MONITORED_EXAMPLES, look.examples(), id, role);
      families.gauge(MetricNames.MONITORED_UNCOUNTED, look.examples() - look.counted(), id, role);
      families.gaugeIfNumber(MetricNames.MONITORED_AGREEMENT, look.agreement(), id, role, "latest");
      families.gaugeIfNumber(
          MetricNames.MONITORED_AGREEMENT, look.agreementOfMean(), id, role, "exponential");
      families.gaugeIfNumber(MetricNames.MONITORED_CONFIDENCE, look.confidence(), id, role);
      families.gaugeIfNumber(
          MetricNames.MONITORED_LOG_PROBABILITY, look.logProbability(), id, role);
      families.gaugeIfNumber(MetricNames.MONITORED_CHANGED, look.changedShare(), id, role);
      families.gaugeIfNumber(MetricNames.CANARY_RANK, look.rank(), id, role);
      families.gaugeIfNumber(MetricNames.CANARY_RANK_Z, look.rankZ(), id, role);
    }
    monitor
        .changes()
        .forEach(
            (role, changes) ->
                families.counter(
                    MetricNames.MONITORED_CHANGES, changes, id, SeriesNames.label(role)));
    families.gaugeIfNumber(MetricNames.MONITORED_GAP, monitor.gap(), id);
  }

  private static void collect(SpectrumSnapshot spectrum, String id, MetricFamilies families) {
    if (spectrum.measured() > 0) {
      families.gauge(MetricNames.GRADIENT_EFFECTIVE_RANK, spectrum.effectiveRank(), id);
      families.gauge(MetricNames.GRADIENT_COVARIANCE_TRACE, spectrum.trace(), id);
    }
  }

  private static void collect(ProbeSnapshot probe, String id, MetricFamilies families) {
    families.summary(
        MetricNames.PROBE_SECONDS, probe.measured(), probe.seconds(), id, probe.probe());
    families.counter(MetricNames.PROBE_SKIPPED, probe.skipped(), id, probe.probe());
    families.counter(MetricNames.PROBE_FAILURES, probe.failed(), id, probe.probe());
  }
}
