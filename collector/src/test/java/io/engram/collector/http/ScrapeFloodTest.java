package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Poll;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(120)
final class ScrapeFloodTest {
  private static final int SCRAPES = 300;

  private final HttpClient client = HttpClient.newHttpClient();

  /** While one is rendered, all others wait for one more, and everything else is answered. */
  @Test
  void manyScrapesAtOnceShareTheirAnswer(Vertx vertx) throws Exception {
    AtomicInteger rendered = new AtomicInteger();
    AtomicBoolean begun = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(
        new MultiCollector() {
          @Override
          public MetricSnapshots collect() {
            if (begun.get()) {
              rendered.incrementAndGet();
              awaitQuietly(go);
            }
            return new MetricSnapshots();
          }
        });
    CollectorServer server =
        BareServer.start(
            vertx, registry, Future::succeededFuture, parcel -> Future.failedFuture("no events"));
    begun.set(true);

    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, SCRAPES)
            .mapToObj(i -> client.sendAsync(request(server, "/metrics"), BodyHandlers.ofString()))
            .toList();
    Poll.until(() -> rendered.get() > 0);
    for (int i = 0; i < SCRAPES; i++) {
      assertThat(client.send(request(server, "/livez"), BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
    assertThat(rendered.get()).as("under way").isEqualTo(1);
    go.countDown();

    for (CompletableFuture<HttpResponse<String>> each : all) {
      assertThat(each.get().statusCode()).isEqualTo(200);
      assertThat(each.get().body()).contains("engram_requests_refused_total");
    }
    assertThat(rendered.get()).isLessThan(SCRAPES / 4);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(CollectorServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
  }
}
