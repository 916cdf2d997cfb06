package io.engram.trainer.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.events.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A Prometheus on the loopback that scrapes one collector every second. */
final class PrometheusProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChildProcess process;
  private final int port;
  private final String api;

  private PrometheusProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
    this.api = "http://127.0.0.1:" + port;
  }

  /**
   * Starts it with the shipped configuration and waits until it answers.
   *
   * @param folder for its data and its output, its own
   * @param target the collector's port
   * @param flags further flags
   */
  static PrometheusProcess start(Path folder, int target, String... flags) throws Exception {
    return startWithAlertmanager(folder, target, Ports.free(), flags);
  }

  /**
   * The same, where somebody listens to alerts.
   *
   * @param alertmanager Alertmanager's port
   */
  static PrometheusProcess startWithAlertmanager(
      Path folder, int target, int alertmanager, String... flags) throws Exception {
    Files.createDirectories(folder);
    int port = Ports.free();
    Path config = ShippedStack.prometheus(folder, target, alertmanager);
    List<String> command =
        new ArrayList<>(
            List.of(
                Tools.require("prometheus").toString(),
                "--config.file=" + config.toAbsolutePath(),
                "--storage.tsdb.path=" + folder.resolve("data").toAbsolutePath(),
                "--web.listen-address=127.0.0.1:" + port));
    command.addAll(List.of(flags));
    PrometheusProcess prometheus =
        new PrometheusProcess(ChildProcess.start(folder.resolve("prometheus.log"), command), port);
    try {
      Poll.until(START, prometheus::isReady, ready -> ready);
    } catch (Exception | AssertionError e) {
      prometheus.close();
      throw e;
    }
    return prometheus;
  }

  /** The port of its API. */
  int port() {
    return port;
  }

  private boolean isReady() throws IOException, InterruptedException {
    process.requireAlive();
    try {
      return get(api + "/-/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * The samples that answer an instant query, none if there are none.
   *
   * @throws IllegalStateException if Prometheus refuses the query
   */
  JsonNode query(String expression) throws IOException, InterruptedException {
    return ask("query", Map.of("query", expression)).path("result");
  }

  /**
   * The data of an answer of its API.
   *
   * @param path below {@code /api/v1/}
   * @throws IllegalStateException if Prometheus refuses the question
   */
  JsonNode ask(String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    StringJoiner query = new StringJoiner("&", "/api/v1/" + path + "?", "");
    parameters.forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
    JsonNode answer = JSON.readTree(get(api + query).body());
    if (!"success".equals(answer.path("status").textValue())) {
      throw new IllegalStateException("%s: %s".formatted(parameters, answer));
    }
    return answer.path("data");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
