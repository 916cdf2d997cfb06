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
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * A scrape: the runs are copied on the context that owns them, everything is collected and encoded
 * on a worker. Format by {@code Accept}: Prometheus text 0.0.4 (the default), OpenMetrics, or
 * protobuf, which alone carries native histograms. Scrapes in the same form that come while one is
 * under way share the answer of the next, so that a flood of them costs no more than one after the
 * other.
 */
final class MetricsHandler implements Handler<RoutingContext> {
  private final Runs runs;
  private final Watches watches;
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Set<Form> underWay = new HashSet<>();
  private final Map<Form, Promise<Encoded>> next = new HashMap<>();
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
    ExpositionFormatWriter writer =
        formats.findWriter(request.request().getHeader(HttpHeaders.ACCEPT));
    Form form = new Form(writer.getContentType(), Encoded.acceptsGzip(request.request()));
    Future<Encoded> answer =
        underWay.add(form)
            ? render(request.vertx(), writer, form)
            : next.computeIfAbsent(form, first -> Promise.promise()).future();
    answer.onSuccess(encoded -> encoded.send(request.request())).onFailure(request::fail);
  }

  private Future<Encoded> render(Vertx vertx, ExpositionFormatWriter writer, Form form) {
    scraped = runs.snapshot();
    decided = watches.snapshot();
    return vertx
        .executeBlocking(() -> encode(writer, form), false)
        .onComplete(
            done -> {
              Promise<Encoded> waiting = next.remove(form);
              if (waiting == null) {
                underWay.remove(form);
              } else {
                render(vertx, writer, form).onComplete(waiting);
              }
            });
  }

  private Encoded encode(ExpositionFormatWriter writer, Form form) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    writer.write(bytes, registry.scrape());
    return Encoded.of(form.gzip, form.contentType, Buffer.buffer(bytes.toByteArray()));
  }

  private record Form(String contentType, boolean gzip) {}
}
