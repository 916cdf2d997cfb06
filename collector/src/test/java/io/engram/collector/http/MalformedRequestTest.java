package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sends no HTTP is told so or cut off, and not taken for a fault of the collector. */
@ExtendWith(VertxExtension.class)
final class MalformedRequestTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /metrics HTTP/1.1\r\n\r\n",
        "GET /api/v1/%ss HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /api/v1/runs/alpha/events?incarnation=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void isRefusedAndCounted(String sent, Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), collector.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

      assertThat(Objects.requireNonNullElse(answer.readLine(), "hung up"))
          .matches("HTTP/1\\.1 400 .*|hung up");
    }
    assertThat(collector.get("/metrics").body())
        .contains("engram_requests_refused_total{reason=\"malformed\"} 1.0");
  }
}
