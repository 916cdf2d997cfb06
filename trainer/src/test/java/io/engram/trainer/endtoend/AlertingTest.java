package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.RunbookCommands;
import io.engram.events.Tools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a network that memorizes to the page that shows the alert: a real run, Prometheus with the
 * shipped rules, Alertmanager with the shipped routes, and back to the collector. Skipped where
 * these are not installed, but not with {@code CI=true}.
 */
@Timeout(300)
class AlertingTest {
  private static final Duration TRAINING = Duration.ofMinutes(2);
  private static final Duration LIMIT = Duration.ofSeconds(45);
  private static final String ONSET = "MemorizationOnset";
  private static final String WARNING = "MemorizationWarning";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void allIsInstalled() {
    Tools.require("prometheus");
    AlertmanagerProcess.require();
  }

  /** It trains until it is stopped. */
  private Path run() throws Exception {
    return Files.writeString(
        folder.resolve("noisy.yaml"),
        """
        data: {name: glyphs, training: 1000, validation: 200, pool: 2}
        noise: {labels: {share: 0.4}}
        network: mlp:196-128-128-10
        optimizer: {learning_rate: 0.05}
        training: {epochs: 1000000, batch: 50}
        canaries: {count: 100}
        probes:
          csr: {every: 20 epochs, examples: 100, radii: [8]}
          spectrum: {every: never}
          predictions: {every: 0.5 epochs, examples: 500}
        """);
  }

  @Test
  void anOnsetIsToldUntilItsRunEnds() throws Exception {
    try (TrainerProcess trainer = TrainerProcess.start(folder, "train", run().toString());
        AlertmanagerProcess alertmanager =
            AlertmanagerProcess.start(folder.resolve("alertmanager"), trainer.port());
        PrometheusProcess prometheus =
            PrometheusProcess.startWithAlertmanager(
                folder.resolve("prometheus"), trainer.port(), alertmanager.port())) {
      JsonObject told =
          Poll.until(TRAINING, () -> alerts(trainer), now -> names(now).contains(ONSET));
      assertThat(names(alerts(trainer, "another"))).isEmpty();
      aPersonIsLedOn(find(told, ONSET), trainer);

      // The warning fires, and may have been told before the onset; now it is inhibited.
      Poll.until(
          LIMIT,
          () -> state(alertmanager, WARNING),
          state ->
              state.getString("state").equals("suppressed")
                  && !state.getJsonArray("inhibitedBy").isEmpty());
      Poll.until(
          LIMIT,
          () -> names(alerts(trainer)),
          now -> now.contains(ONSET) && !now.contains(WARNING));
      assertThat(
              prometheus.query(
                  "ALERTS{alertname='MemorizationWarning',alertstate='firing',run='noisy'}"))
          .hasSize(1);
      theRunbookLeadsSomewhere(trainer, prometheus);

      stop(trainer);
      JsonObject after =
          Poll.until(LIMIT, () -> alerts(trainer), now -> !names(now).contains(ONSET));
      assertThat(names(after)).isEmpty();
      assertThat(ended(after, ONSET)).isEqualTo("resolved");
    }
  }

  /** The link of an alert leads to its heading, at the collector that Prometheus was told of. */
  private void aPersonIsLedOn(JsonObject alert, TrainerProcess trainer) throws Exception {
    assertThat(alert.getString("severity")).isEqualTo("critical");
    assertThat(alert.getString("run")).isEqualTo("noisy");
    assertThat(alert.getString("description")).contains("Run noisy", "seen at step ");
    assertThat(alert.getJsonObject("labels").fieldNames())
        .containsExactlyInAnyOrder("alertname", "severity", "run", "job", "instance");
    URI runbook = URI.create(alert.getString("runbookUrl"));
    assertThat(runbook.getPort()).isEqualTo(trainer.port());
    assertThat(get(trainer, runbook.getPath()))
        .contains("<h2 id=\"%s\">%s</h2>".formatted(runbook.getFragment(), ONSET));
  }

  /** Every command of the runbook's first looks answers with something on this very stack. */
  private void theRunbookLeadsSomewhere(TrainerProcess trainer, PrometheusProcess prometheus)
      throws Exception {
    Map<String, List<String>> commands =
        RunbookCommands.byAlert(ShippedStack.DASHBOARDS.resolve("runbook.md"));
    for (Map.Entry<String, List<String>> alert : commands.entrySet()) {
      for (String command : alert.getValue()) {
        String here = ShippedStack.readdress(command, trainer.port(), prometheus.port());
        // Some have something to say only after a while, as searches must be compared first.
        Poll.until(
            LIMIT,
            () -> Map.entry(command, Tools.run(Tools.require("bash"), "-c", "run=noisy; " + here)),
            said -> saysSomething(said.getValue()));
      }
    }
    assertThat(commands).hasSize(14);
  }

  private static boolean saysSomething(String answer) {
    return !answer.isBlank()
        && !answer.contains("\"data\":{\"resultType\":\"vector\",\"result\":[]}");
  }

  private JsonObject alerts(TrainerProcess trainer) throws Exception {
    return alerts(trainer, "noisy");
  }

  private JsonObject alerts(TrainerProcess trainer, String run) throws Exception {
    assertThat(trainer.lines()).noneMatch(line -> line.startsWith("A run failed"));
    return new JsonObject(get(trainer, "/api/v1/alerts?run=" + run));
  }

  private static List<String> names(JsonObject alerts) {
    return objects(alerts.getJsonArray("firing")).map(alert -> alert.getString("name")).toList();
  }

  private static JsonObject find(JsonObject alerts, String name) {
    return objects(alerts.getJsonArray("firing"))
        .filter(alert -> alert.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String ended(JsonObject alerts, String name) {
    return objects(alerts.getJsonArray("ended"))
        .filter(alert -> alert.getString("name").equals(name))
        .map(alert -> alert.getString("end"))
        .findFirst()
        .orElse("not at all");
  }

  private static JsonObject state(AlertmanagerProcess alertmanager, String name) throws Exception {
    return objects(alertmanager.alerts())
        .filter(alert -> alert.getJsonObject("labels").getString("alertname").equals(name))
        .map(alert -> alert.getJsonObject("status"))
        .findFirst()
        .orElse(new JsonObject().put("state", "unknown"));
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
  }

  private String get(TrainerProcess trainer, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(trainer, path)).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private void stop(TrainerProcess trainer) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(trainer, "/api/v1/runs/noisy/commands"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"command\": \"stop\"}"))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static URI uri(TrainerProcess trainer, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(trainer.port(), path));
  }
}
