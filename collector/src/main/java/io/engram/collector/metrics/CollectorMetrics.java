package io.engram.collector.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the collector counts of itself; of the runs, {@link RunMetrics} tells. */
public final class CollectorMetrics {
  private final Counter batchesRejected;
  private final Counter savesFailed;
  private final Counter streamFramesSkipped;
  private final Counter alarmsAcknowledged;
  private final Counter alarmsUndelivered;
  private final Counter alarmRetries;
  private final Counter alertMessagesRejected;

  /**
   * @param registry where the counters are registered, once
   */
  public CollectorMetrics(PrometheusRegistry registry) {
    batchesRejected =
        counter(
            registry,
            "engram_batches_rejected_total",
            "Messages with events that could not be applied; their sender was told.");
    savesFailed =
        counter(
            registry,
            "engram_saves_failed_total",
            "Times that a run's state could not be written; it is tried again.");
    streamFramesSkipped =
        counter(
            registry,
            "engram_stream_frames_skipped_total",
            "Frames that a client of the event stream was too slow for; it catches up later.");
    alarmsAcknowledged =
        counter(
            registry,
            "engram_alarms_acknowledged_total",
            "Alarms of onset that their run has answered.");
    alarmsUndelivered =
        counter(
            registry,
            "engram_alarms_undelivered_total",
            "Alarms of onset that their run refused or did not hear before it was over.");
    alarmRetries =
        counter(
            registry,
            "engram_alarm_retries_total",
            "Attempts to bring an alarm of onset to its run that failed and are repeated.");
    alertMessagesRejected =
        counter(
            registry,
            "engram_alert_messages_rejected_total",
            "Messages of Alertmanager that could not be read; their sender was told.");
  }

  public void batchRejected() {
    batchesRejected.inc();
  }

  public void saveFailed() {
    savesFailed.inc();
  }

  public void streamFrameSkipped() {
    streamFramesSkipped.inc();
  }

  public void alarmAcknowledged() {
    alarmsAcknowledged.inc();
  }

  public void alarmUndelivered() {
    alarmsUndelivered.inc();
  }

  public void alarmRetried() {
    alarmRetries.inc();
  }

  public void alertMessageRejected() {
    alertMessagesRejected.inc();
  }

  private static Counter counter(PrometheusRegistry registry, String name, String help) {
    return Counter.builder().name(name).help(help).register(registry);
  }
}
