package io.engram.collector.http;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.alert.AlertBoard;
import io.engram.collector.ingest.IngestLink;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.watch.Watches;
import io.engram.events.access.Access;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A server without a collector behind it. */
final class BareServer {
  private BareServer() {}

  static CollectorServer start(Vertx vertx, Supplier<Future<?>> ready, IngestLink ingest) {
    return start(vertx, new PrometheusRegistry(), ready, ingest);
  }

  static CollectorServer start(
      Vertx vertx, PrometheusRegistry registry, Supplier<Future<?>> ready, IngestLink ingest) {
    return CollectorServer.listen(
            vertx,
            new Served(
                new Runs(InstantSource.system()),
                new Watches(),
                new AlertBoard(InstantSource.system()),
                registry,
                new CollectorMetrics(registry)),
            new BusLinks(
                ready,
                (run, example) -> Future.failedFuture("no pictures"),
                (run, command) -> Future.failedFuture("no commands"),
                ingest),
            new Endpoint("127.0.0.1", 0, Access.OPEN))
        .await();
  }
}
