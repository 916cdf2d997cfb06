package io.engram.collector.http;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.aggregate.RunsSnapshot;
import io.engram.collector.metrics.OnsetMetrics;
import io.engram.collector.metrics.RunMetrics;
import io.engram.collector.watch.WatchSnapshot;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SortedMap;

/**
 * A scrape: the runs are copied on the context that owns them, everything is collected and encoded
 * on a worker. Format by {@code Accept}: Prometheus text 0.0.4 (the default), OpenMetrics, or
 * protobuf, which alone carries native histograms.
 */
final class MetricsHandler implements Handler<RoutingContext> {
  private final Runs runs;
  private final Watches watches;
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();
  private volatile RunsSnapshot scraped;
  private volatile SortedMap<RunId, WatchSnapshot> decided;

  MetricsHandler(Runs runs, Watches watches, PrometheusRegistry registry) {
    this.runs = runs;
    this.watches = watches;
    this.registry = registry;
    this.scraped = runs.snapshot();
    this.decided = watches.snapshot();
    registry.register(new RunMetrics(() -> scraped));
    registry.register(new OnsetMetrics(() -> decided));
  }

  @Override
  public void handle(RoutingContext request) {
    scraped = runs.snapshot();
    decided = watches.snapshot();
    request
        .vertx()
        .executeBlocking(() -> encode(request.request()), false)
        .onSuccess(encoded -> encoded.send(request.request()))
        .onFailure(request::fail);
  }

  private Encoded encode(HttpServerRequest request) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(request.getHeader(HttpHeaders.ACCEPT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    writer.write(bytes, registry.scrape());
    return Encoded.of(request, writer.getContentType(), Buffer.buffer(bytes.toByteArray()));
  }
}
