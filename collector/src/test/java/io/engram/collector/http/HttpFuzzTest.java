package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.fuzz.Fuzz;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Any bytes at all, to the real server: it answers in HTTP or hangs up, and goes on. */
@ExtendWith(VertxExtension.class)
final class HttpFuzzTest {
  private static final int BRIEF = 1_000;

  /** The version as it was asked for, whatever that is. */
  private static final Pattern STATUS = Pattern.compile("[^\r\n]{1,9000} [1-5][0-9]{2} ");

  private static final List<byte[]> SEEDS =
      Stream.of(
              "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n",
              "GET /api/v1/runs/alpha/series?name=step_loss&points=50&from=0&to=9 HTTP/1.1\r\n"
                  + "Host: 127.0.0.1\r\n\r\n",
              "GET /api/v1/runs/alpha/examples?order=suspect&limit=5 HTTP/1.1\r\nHost: a\r\n\r\n",
              "GET /api/v1/runs/alpha/examples/1/pixels HTTP/1.1\r\nHost: a\r\n\r\n",
              "GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: a=b; c=\"d\"\r\n\r\n",
              "HEAD /runbook HTTP/1.0\r\n\r\n",
              "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://a\r\n\r\n",
              "POST /api/v1/runs/alpha/commands HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n"
                  + "{\"command\": \"pause\"}",
              "POST /api/v1/runs/beta/events?incarnation=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                  + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "2\r\n{}\r\n0\r\n\r\n",
              "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                  + "{\"token\": \"a\"}",
              "POST /api/v1/alerts HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 30\r\n\r\n"
                  + "{\"version\":\"4\",\"alerts\":[{}]}\n",
              "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                  + "\r\n",
              "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")
          .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
          .toList();

  @Test
  void requests(Vertx vertx) throws Exception {
    TestCollector collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("alpha", 0.4, "dense0"), 3);

    Fuzz.of("HTTP requests").run(BRIEF, SEEDS, input -> exchange(collector.port(), input));

    assertThat(collector.get("/livez").statusCode()).isEqualTo(200);
    assertThat(collector.getJson("/api/v1/runs/alpha").getJsonObject("run")).isNotNull();
  }

  private static void exchange(int port, byte[] input) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      byte[] answer;
      try {
        socket.getOutputStream().write(input);
        socket.shutdownOutput();
        answer = socket.getInputStream().readAllBytes();
      } catch (SocketTimeoutException e) {
        throw new AssertionError("neither an answer nor the end", e);
      } catch (IOException e) {
        return; // It hung up.
      }
      String text = new String(answer, StandardCharsets.ISO_8859_1);
      if (!text.isEmpty() && !STATUS.matcher(text).lookingAt()) {
        throw new AssertionError("answers " + text);
      }
      if (text.contains("root:x:") || text.contains("\tat io.")) {
        throw new AssertionError("tells of the machine or of the program: " + text);
      }
    }
  }
}
