package io.engram.collector.http;

import io.engram.collector.metrics.CollectorMetrics;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;

/**
 * Bounds what clients can hold open: so many connections, none on which nothing is asked soon, and
 * no request that takes long to be sent. Whoever is beyond is cut off and counted. Belongs to the
 * server's context.
 */
final class Connections implements Handler<RoutingContext> {
  static final int MOST = 1_000;
  static final long SLOWEST_MILLIS = 20_000;

  private final Vertx vertx;
  private final CollectorMetrics metrics;
  private final int most;
  private final long slowestMillis;
  private final Set<HttpConnection> open = new HashSet<>();
  private final Set<HttpConnection> silent = new HashSet<>();

  Connections(Vertx vertx, CollectorMetrics metrics) {
    this(vertx, metrics, MOST, SLOWEST_MILLIS);
  }

  Connections(Vertx vertx, CollectorMetrics metrics, int most, long slowestMillis) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.most = most;
    this.slowestMillis = slowestMillis;
  }

  /** Watches a server's connections; to be called before it listens. */
  void watch(HttpServer server) {
    server.connectionHandler(this::begin);
  }

  private void begin(HttpConnection connection) {
    if (open.size() >= most) {
      cutOff(connection, "crowded");
      return;
    }
    open.add(connection);
    silent.add(connection);
    long timer =
        vertx.setTimer(
            slowestMillis,
            late -> {
              if (silent.contains(connection)) {
                cutOff(connection, "slow");
              }
            });
    connection.closeHandler(
        closed -> {
          vertx.cancelTimer(timer);
          open.remove(connection);
          silent.remove(connection);
        });
  }

  /** A request has begun; what follows must come soon. */
  @Override
  public void handle(RoutingContext request) {
    HttpConnection connection = request.request().connection();
    silent.remove(connection);
    if (!request.request().isEnded()) {
      long timer =
          vertx.setTimer(
              slowestMillis,
              late -> {
                if (!request.request().isEnded()) {
                  cutOff(connection, "slow");
                }
              });
      request.addEndHandler(ended -> vertx.cancelTimer(timer));
    }
    request.next();
  }

  private void cutOff(HttpConnection connection, String reason) {
    metrics.requestRefused(reason);
    connection.close();
  }
}
