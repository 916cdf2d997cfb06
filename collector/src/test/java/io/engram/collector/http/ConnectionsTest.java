package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Poll;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.events.access.Access;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(60)
final class ConnectionsTest {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final CollectorMetrics metrics = new CollectorMetrics(registry);

  @Test
  void whoAsksNothingOrDoesNotEndIsCutOff(Vertx vertx) throws IOException {
    int port = listen(vertx, 10, 200);
    try (Socket silent = new Socket("127.0.0.1", port);
        Socket headers = new Socket("127.0.0.1", port);
        Socket body = new Socket("127.0.0.1", port)) {
      write(headers, "GET / HTTP/1.1\r\nHost: ");
      write(body, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");

      for (Socket each : List.of(silent, headers, body)) {
        each.setSoTimeout(TIMEOUT_MILLIS);
        assertThat(each.getInputStream().read()).as("the end").isEqualTo(-1);
      }
    }
    Poll.until(() -> refused("slow") == 3);
  }

  @Test
  void whoIsOneTooManyIsCutOffUntilAnotherLeaves(Vertx vertx) throws IOException {
    int port = listen(vertx, 3, 30_000);
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(asked(port));
    }
    try (Socket fourth = new Socket("127.0.0.1", port)) {
      fourth.setSoTimeout(TIMEOUT_MILLIS);
      assertThat(fourth.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(refused("crowded")).isEqualTo(1);

    open.remove(0).close();

    Poll.until(
        () -> {
          try (Socket again = new Socket("127.0.0.1", port)) {
            again.setSoTimeout(TIMEOUT_MILLIS);
            write(again, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            return again.getInputStream().read() == 'H';
          } catch (IOException e) {
            return false;
          }
        });
    for (Socket each : open) {
      each.close();
    }
  }

  private static Socket asked(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    write(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private int listen(Vertx vertx, int most, long slowestMillis) {
    Connections connections = new Connections(vertx, metrics, most, slowestMillis);
    HttpServer server = vertx.createHttpServer(Access.OPEN.serverOptions());
    connections.watch(server);
    Router router = Router.router(vertx);
    router.route().handler(connections);
    router.post().handler(BodyHandler.create(false));
    router.route().handler(request -> request.end("ok"));
    return server.requestHandler(router).listen(0, "127.0.0.1").await().actualPort();
  }

  private long refused(String reason) {
    return registry.scrape(name -> name.equals("engram_requests_refused")).stream()
        .flatMap(metric -> metric.getDataPoints().stream())
        .filter(point -> reason.equals(point.getLabels().get("reason")))
        .mapToLong(point -> (long) ((CounterSnapshot.CounterDataPointSnapshot) point).getValue())
        .sum();
  }
}
