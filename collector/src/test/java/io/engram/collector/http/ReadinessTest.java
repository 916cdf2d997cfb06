package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class ReadinessTest {
  @Test
  void isThatOfTheBusWhileLivenessIsConstant(Vertx vertx) throws Exception {
    CollectorServer server =
        BareServer.start(
            vertx,
            () -> Future.failedFuture("nobody takes events"),
            parcel -> Future.failedFuture("no events"));

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
