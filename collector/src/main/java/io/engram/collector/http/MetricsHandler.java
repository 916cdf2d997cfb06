package io.engram.collector.http;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.aggregate.RunsSnapshot;
import io.engram.collector.metrics.RunMetrics;
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

/**
 * A scrape: the runs are copied on the context that owns them, everything is collected and encoded
 * on a worker. Format by {@code Accept}: Prometheus text 0.0.4 (the default), OpenMetrics, or
 * protobuf, which alone carries native histograms.
 */
final class MetricsHandler implements Handler<RoutingContext> {
  private final Runs runs;
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();
  private volatile RunsSnapshot scraped;

  MetricsHandler(Runs runs, PrometheusRegistry registry) {
    this.runs = runs;
    this.registry = registry;
    this.scraped = runs.snapshot();
    registry.register(new RunMetrics(() -> scraped));
  }

  @Override
  public void handle(RoutingContext request) {
    scraped = runs.snapshot();
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
