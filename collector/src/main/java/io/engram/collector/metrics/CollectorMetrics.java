package io.engram.collector.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.function.LongSupplier;

/** What the collector counts of itself; of the runs, {@link RunMetrics} tells. */
public final class CollectorMetrics {
  private static final List<String> REASONS =
      List.of("unauthenticated", "forbidden", "crowded", "slow", "malformed");

  private final Counter batchesRejected;
  private final Counter savesFailed;
  private final Counter streamFramesSkipped;
  private final Counter alarmsAcknowledged;
  private final Counter alarmsUndelivered;
  private final Counter alarmRetries;
  private final Counter alertMessagesRejected;
  private final Counter journalFailures;
  private final Counter parcelsQuarantined;
  private final Counter requestsRefused;
  private final Counter eventsRefused;
  private boolean insecure;

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
    journalFailures =
        counter(
            registry,
            "engram_journal_failures_total",
            "Parcels that could not be brought to the disk; their trainer sends them again.");
    parcelsQuarantined =
        counter(
            registry,
            "engram_parcels_quarantined_total",
            "Parcels with events that could not be read or applied, kept apart in a file.");
    eventsRefused =
        Counter.builder()
            .name("engram_events_refused_total")
            .help(
                "Events of runs that the collector does not take, by reason; their sender was told.")
            .labelNames("reason")
            .register(registry);
    eventsRefused.initLabelValues("run_limit");
    requestsRefused =
        Counter.builder()
            .name("engram_requests_refused_total")
            .help("Requests over HTTP that were refused, or connections cut off, by reason.")
            .labelNames("reason")
            .register(registry);
    for (String reason : REASONS) {
      requestsRefused.initLabelValues(reason);
    }
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

  public void journalFailed() {
    journalFailures.inc();
  }

  public void quarantined() {
    parcelsQuarantined.inc();
  }

  /**
   * @param reason unauthenticated without a token that is known, forbidden with one that does not
   *     open this, crowded beyond the most connections, slow where nothing comes, malformed where
   *     what comes is not HTTP, or not all of it
   */
  public void requestRefused(String reason) {
    requestsRefused.labelValues(reason).inc();
  }

  /** Events of a run were refused. */
  public void eventsRefused(String reason, int events) {
    eventsRefused.labelValues(reason).inc(events);
  }

  /**
   * Shows whether something is served, or heard on the bus, beyond this machine without TLS or
   * login.
   */
  public void showInsecure(PrometheusRegistry registry, boolean insecure) {
    this.insecure = insecure;
    Gauge.builder()
        .name("engram_insecure")
        .help(
            "1 if the collector can be reached beyond its machine without TLS or without a token,"
                + " or on the bus without certificates, otherwise 0.")
        .register(registry)
        .set(insecure ? 1 : 0);
  }

  /** Whether that was shown. */
  public boolean isInsecure() {
    return insecure;
  }

  /** Shows how large the journal is. */
  public void showJournal(PrometheusRegistry registry, LongSupplier bytes) {
    GaugeWithCallback.builder()
        .name("engram_journal_bytes")
        .help("What the journal takes on disk.")
        .unit(Unit.BYTES)
        .callback(gauge -> gauge.call(bytes.getAsLong()))
        .register(registry);
  }

  private static Counter counter(PrometheusRegistry registry, String name, String help) {
    return Counter.builder().name(name).help(help).register(registry);
  }
}
