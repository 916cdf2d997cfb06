package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.alert.AlertBoard;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.watch.Watches;
import io.engram.events.access.Access;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class ReadinessTest {
  @Test
  void isThatOfTheBusWhileLivenessIsConstant(Vertx vertx) throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    CollectorServer server =
        CollectorServer.listen(
                vertx,
                new Runs(InstantSource.system()),
                new Watches(),
                new AlertBoard(InstantSource.system()),
                registry,
                new CollectorMetrics(registry),
                () -> Future.failedFuture("nobody takes events"),
                (run, example) -> Future.failedFuture("no pictures"),
                (run, command) -> Future.failedFuture("no commands"),
                parcel -> Future.failedFuture("no events"),
                Access.OPEN,
                "127.0.0.1",
                0)
            .await();

    assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
    assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
    assertThat(get(server, "/readyz").body()).isEqualTo("not ready: nobody takes events\n");
  }

  private static HttpResponse<String> get(CollectorServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
