package io.engram.collector.metrics;

import io.engram.collector.onset.ChannelSnapshot;
import io.engram.collector.onset.DetectorSnapshot;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.OnsetLevel;
import io.engram.collector.watch.WatchSnapshot;
import io.engram.events.RunId;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is decided of all runs as Prometheus metrics. Register it once in the registry that is
 * scraped. What a detector cannot tell is left out.
 */
public final class OnsetMetrics implements MultiCollector {
  private final Supplier<? extends Map<RunId, WatchSnapshot>> decided;

  /**
   * @param decided gives the snapshots to show; called by whichever thread scrapes
   */
  public OnsetMetrics(Supplier<? extends Map<RunId, WatchSnapshot>> decided) {
    this.decided = decided;
  }

  @Override
  public MetricSnapshots collect() {
    MetricFamilies families = new MetricFamilies();
    decided.get().forEach((run, snapshot) -> collect(snapshot, run.value(), families));
    return families.build();
  }

  private static void collect(WatchSnapshot decided, String id, MetricFamilies families) {
    for (ChannelSnapshot channel : decided.onset().channels()) {
      String name = channel.channel().label();
      for (OnsetLevel level : OnsetLevel.values()) {
        families.gauge(
            MetricNames.ONSET, level == channel.level() ? 1 : 0, id, name, level.label());
      }
      OnsetAlarm alarm = channel.alarm();
      if (alarm != null) {
        families.gauge(MetricNames.ONSET_STEP, alarm.reading().step(), id, name);
      }
      families.counter(
          MetricNames.ONSET_ALARMS, decided.alarms().getOrDefault(channel.channel(), 0L), id, name);
    }
    for (DetectorSnapshot detector : decided.onset().detectors()) {
      families.gaugeIfNumber(
          MetricNames.ONSET_EVIDENCE, detector.now().evidence(), id, detector.name());
      families.gaugeIfNumber(
          MetricNames.ONSET_THRESHOLD, detector.now().threshold(), id, detector.name());
    }
    families.gaugeIfNumber(MetricNames.ONSET_FLIP_RATE, decided.onset().flipRate(), id);
    families.gaugeIfNumber(MetricNames.ONSET_FITTED, decided.onset().fitted(), id);
  }
}
