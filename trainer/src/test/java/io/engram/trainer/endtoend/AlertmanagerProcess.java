package io.engram.trainer.endtoend;

import io.engram.events.Tools;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An Alertmanager on the loopback that tells one collector every second. */
final class AlertmanagerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final ChildProcess process;
  private final int port;

  private AlertmanagerProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether it is installed; else the test is skipped or fails. */
  static Path require() {
    return Tools.require("alertmanager", "prometheus-alertmanager");
  }

  /**
   * Starts it with the shipped configuration and waits until it answers.
   *
   * @param folder for its data and its output, its own
   * @param collector the collector's port
   */
  static AlertmanagerProcess start(Path folder, int collector) throws Exception {
    Files.createDirectories(folder);
    int port = Ports.free();
    List<String> command =
        List.of(
            require().toString(),
            "--config.file=" + ShippedStack.alertmanager(folder, collector).toAbsolutePath(),
            "--storage.path=" + folder.resolve("data").toAbsolutePath(),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=");
    AlertmanagerProcess alertmanager =
        new AlertmanagerProcess(
            ChildProcess.start(folder.resolve("alertmanager.log"), command), port);
    try {
      Poll.until(START, alertmanager::isReady, ready -> ready);
    } catch (Exception | AssertionError e) {
      alertmanager.close();
      throw e;
    }
    return alertmanager;
  }

  private boolean isReady() throws IOException, InterruptedException {
    process.requireAlive();
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** The alerts that it knows, as its API tells them. */
  JsonArray alerts() throws IOException, InterruptedException {
    return new JsonArray(get("/api/v2/alerts").body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
