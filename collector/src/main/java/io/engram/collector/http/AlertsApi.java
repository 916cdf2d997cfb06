package io.engram.collector.http;

import io.engram.collector.alert.AlertBoard;
import io.engram.collector.alert.AlertNotification;
import io.engram.collector.alert.AlertsSnapshot;
import io.engram.collector.metrics.CollectorMetrics;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts as Alertmanager tells them, and as JSON: {@code firing}, the gravest first, and {@code
 * ended} in the last hour; those of one run with {@code ?run=}. Belongs to the context that owns
 * the board.
 */
final class AlertsApi {
  private static final Logger LOG = LoggerFactory.getLogger(AlertsApi.class);
  private static final String RUN = "run";

  private final AlertBoard board;
  private final CollectorMetrics metrics;
  private final Runnable changed;

  /**
   * @param changed is told when there is something new to show
   */
  AlertsApi(AlertBoard board, CollectorMetrics metrics, Runnable changed) {
    this.board = board;
    this.metrics = metrics;
    this.changed = changed;
  }

  /** Takes a message of Alertmanager, and answers 200 with nothing to say. */
  void take(RoutingContext request) {
    new Parameters(request.queryParams());
    Buffer body = request.body().buffer();
    AlertNotification told;
    try {
      told = NotificationReader.read(body == null ? Buffer.buffer() : body);
    } catch (BadRequestException e) {
      metrics.alertMessageRejected();
      LOG.warn("A message with alerts was refused: {}", e.getMessage());
      throw e;
    }
    if (board.take(told)) {
      changed.run();
    }
    answer(request, "{}");
  }

  /** The alerts, or those that are about a run. */
  void list(RoutingContext request) {
    Parameters parameters = new Parameters(request.queryParams(), RUN);
    AlertsSnapshot snapshot = board.snapshot();
    String run = parameters.one(RUN, "");
    AlertsView view = AlertsView.of(run.isEmpty() ? snapshot : snapshot.of(run));
    new Encoded("application/json", false, Json.encode(view)).send(request.request());
  }

  private static void answer(RoutingContext request, String json) {
    new Encoded("application/json", false, Buffer.buffer(json)).send(request.request());
  }
}
