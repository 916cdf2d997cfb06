package io.engram.trainer.endtoend;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Pages of a process that may be dead, or not there yet. */
final class Site {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final int port;

  Site(int port) {
    this.port = port;
  }

  /** A page, as it is. */
  String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  /** What is said of a run; empty where nobody answers, or knows it. */
  JsonObject run(String run) throws InterruptedException {
    try {
      return new JsonObject(get("/api/v1/runs/" + run)).getJsonObject("run", new JsonObject());
    } catch (IOException e) {
      return new JsonObject();
    }
  }
}
