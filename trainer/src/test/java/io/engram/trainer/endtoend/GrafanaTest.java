package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.collector.metrics.MetricNames;
import io.engram.events.Tools;
import io.engram.trainer.dashboards.Dashboard;
import io.engram.trainer.dashboards.DataCheck;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every panel of every dashboard against a real Prometheus that has scraped two real runs, one of
 * them with everything on. Skipped where Prometheus is not installed, but not with {@code CI=true}.
 */
@Timeout(300)
class GrafanaTest {
  private static final Duration TRAINING = Duration.ofMinutes(3);
  private static final Duration SCRAPES = Duration.ofSeconds(1);

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static TrainerProcess trainer;
  private static PrometheusProcess prometheus;
  private static DataCheck check;

  @BeforeAll
  static void trainWhilePrometheusScrapes() throws Exception {
    Tools.require("prometheus");
    Path everything =
        run(
            "everything",
            """
            data: {name: glyphs, training: 400, validation: 100, holdout: 100, pool: 2}
            noise: {labels: {share: 0.4}}
            network: mlp-16x16
            optimizer: {learning_rate: 0.1}
            training: {epochs: 120, batch: 20}
            canaries: {count: 40, ghosts: 40}
            checkpoints: {every_epochs: 40}
            probes:
              csr: {every: 8 epochs, examples: 60}
              predictions: {every: 0.5 epochs}
              spectrum: {every: 8 epochs, examples: 64}
              unrolled: {every: 40 epochs, examples: 50}
              truncated: {every: 20 epochs, examples: 50, updates: 5}
              svalidation: {every: 40 epochs, examples: 150, validation: 50, confirm: false}
            """);
    Path little =
        run(
            "little",
            """
            data: {name: glyphs, training: 400, validation: 100, pool: 2}
            network: mlp-16x16
            training: {epochs: 2, batch: 50}
            """);
    Instant from = Instant.now();
    trainer = TrainerProcess.start(folder, "train", everything.toString(), little.toString());
    // However fast it trains, Prometheus sees it before and after.
    tell("pause");
    prometheus = PrometheusProcess.start(folder.resolve("prometheus"), trainer.port());
    Poll.until(
        TRAINING,
        () -> prometheus.query("engram_run_state{run='everything',state='paused'} == 1"),
        paused -> !paused.isEmpty());
    tell("resume");
    Poll.until(
        TRAINING,
        () -> {
          assertThat(trainer.lines()).noneMatch(line -> line.startsWith("A run failed"));
          return prometheus.query("sum(engram_run_state{state='completed'})");
        },
        completed -> completed.at("/0/value/1").asInt() == 2);
    check = new DataCheck(prometheus::ask, from, Instant.now(), SCRAPES);
  }

  private static void tell(String command) throws Exception {
    URI commands =
        URI.create("http://127.0.0.1:%d/api/v1/runs/everything/commands".formatted(trainer.port()));
    HttpRequest request =
        HttpRequest.newBuilder(commands)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"command\": \"%s\"}".formatted(command)))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    Poll.until(
        TRAINING,
        () -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode(),
        status -> status == 200);
  }

  private static Path run(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name + ".yaml"), text);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (prometheus != null) {
      prometheus.close();
    }
    if (trainer != null) {
      trainer.close();
    }
  }

  @Test
  void everyPanelReturnsData() throws Exception {
    List<String> problems = new ArrayList<>();
    int panels = 0;
    int withData = 0;
    int whole = 0;
    List<Dashboard> dashboards = Dashboard.shipped();
    for (Dashboard dashboard : dashboards) {
      DataCheck.Found found = check.check(dashboard);
      problems.addAll(found.problems());
      panels += dashboard.panels().size();
      withData += found.withData();
      whole += found.problems().isEmpty() ? 1 : 0;
    }
    System.out.printf(
        "Counted: %d of %d panels return data, %d of %d dashboards%n",
        withData, panels, whole, dashboards.size());
    assertThat(problems).isEmpty();
  }

  /** Mistakes that only data can show, one at a time. */
  @ParameterizedTest(name = "{0}: {1} instead of {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "memorization.json | engram_examples_lerned | engram_examples_learned | no data",
        "memorization.json | engram_epoc{job | engram_onset{job | no data",
        "memorization.json | {{splitt}} | {{split}} | no label splitt",
        "memorization.json | split=\\\"valid\\\" | split=\\\"validation\\\" | no data",
        "memorization.json | radius 9 high | radius 8 high | no series is called radius 9 high",
        "memorization.json | \"flipt\" | \"flipped\" | no series is called flipt",
        "memorization.json | {{rn}} | {{run}} | no label rn",
        "memorization.json | {{run}} | {{run}} radius {{radius}} | series are called",
        "gradients.json | $lyer | $layer | unknown variable lyer",
        "gradients.json | by (layer le) | by (layer, le) | parse error",
        "gradients.json | engram_gradient_norm_lst | engram_gradient_norm_last | variable layer",
        "itself.json | label_values(up{job=~\\\"x\\\"} | "
            + "label_values(engram_events_undecodable_total{job=~\\\"$job\\\"} | no value",
        "examples.json | Value #Z | Value #B | no column Value #Z",
        "svalidation.json | verdict=\\\"good\\\" | verdict=\\\"learned\\\" | no data",
        "svalidation.json | \"Verdit\" | \"Verdict\" | no column Verdit",
        "runs-overview.json | \"field\": | \"byField\": | no column",
      })
  void aMistakeIsFound(String file, String mistake, String right, String said) throws Exception {
    Dashboard dashboard =
        Dashboard.shipped().stream().filter(d -> d.file().equals(file)).findFirst().orElseThrow();
    assertThat(check.check(dashboard.with(right, mistake)).problems())
        .anyMatch(problem -> problem.contains(said));
  }

  /** What no panel shows must be there, too: the run is one of every kind of event. */
  @Test
  void theRunsHaveEveryMetric() throws Exception {
    Set<String> names = new HashSet<>();
    JsonNode found = prometheus.ask("label/__name__/values", Map.of());
    found.forEach(name -> names.add(name.asText()));
    assertThat(names)
        .containsAll(
            Stream.of(MetricNames.values())
                .map(
                    metric ->
                        switch (metric.type()) {
                          case HISTOGRAM -> metric.text() + "_bucket";
                          case SUMMARY ->
                              metric.labels().contains("shuffle")
                                  ? metric.text()
                                  : metric.text() + "_count";
                          default -> metric.text();
                        })
                .toList());
  }
}
