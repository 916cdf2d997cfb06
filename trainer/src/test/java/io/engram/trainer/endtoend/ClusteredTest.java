package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainer and collector as processes apart, of which the collector is killed while it trains. */
@Timeout(300)
class ClusteredTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int STEPS_PER_EPOCH = 20;
  private static final int EPOCHS = 180;
  private static final long STEPS = (long) STEPS_PER_EPOCH * EPOCHS;
  private static final int STRETCH = 5_000;
  private static final String RUN = "/api/v1/runs/apart";

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> options = new ArrayList<>();
  private TrainerProcess trainer;
  private TrainerProcess collector;

  @AfterEach
  void end() throws Exception {
    if (trainer != null) {
      trainer.close();
    }
    if (collector != null) {
      collector.close();
    }
  }

  @Test
  void aRunWhoseCollectorIsKilledIsOneThatNeverWas() throws Exception {
    int first = Ports.free();
    int second = Ports.free();
    Collections.addAll(
        options,
        "--bus",
        "clustered",
        "--cluster-hosts",
        "127.0.0.1:%d,127.0.0.1:%d".formatted(first, second));
    Files.writeString(
        folder.resolve("apart.yaml"),
        """
        data: {name: glyphs, training: 1000, validation: 100}
        noise: {labels: {share: 0.4}}
        network: mlp:784-256-256-10
        training: {epochs: %d, batch: 50}
        checkpoints: {every_epochs: 5}
        probes:
          csr: {every: never}
          spectrum: {every: never}
        """
            .formatted(EPOCHS));

    beginTrainer(second);
    assertThat(get(trainer, "/livez").statusCode()).isEqualTo(200);
    assertThat(get(trainer, "/readyz").statusCode()).as("nobody collects").isEqualTo(503);
    beginCollector(first);
    Poll.until(LIMIT, () -> get(trainer, "/readyz").statusCode(), status -> status == 200);

    long reached = awaitStep(0).getLong("step");
    askAcross();
    collector.kill();
    beginCollector(first);
    awaitStep(reached + 2 * STEPS_PER_EPOCH);
    JsonObject run =
        Poll.until(LIMIT, this::run, shown -> "completed".equals(shown.getString("state")));

    JsonObject progress = run.getJsonObject("progress");
    assertNothingMissed();
    assertThat(progress.getLong("stepsRedone")).isZero();
    assertThat(progress.getLong("steps") - progress.getLong("stepsRedone")).isEqualTo(STEPS);
    assertThat(seriesSteps()).isEqualTo(LongStream.range(0, STEPS).boxed().toList());
  }

  private void assertNothingMissed() throws Exception {
    assertThat(run().getJsonObject("delivery").getLong("missed")).isZero();
    assertThat(get(collector, "/metrics").body())
        .contains("engram_events_missed_total{run=\"apart\"} 0.0")
        .contains("engram_events_unexplained{run=\"apart\"} 0.0");
  }

  /** The steps of the curve, in stretches that are given whole. */
  private List<Long> seriesSteps() throws Exception {
    List<Long> steps = new ArrayList<>();
    for (long from = 0; from < STEPS; from += STRETCH) {
      String stretch =
          "/series?name=step_loss&points=%d&from=%d&to=%d"
              .formatted(STRETCH, from, from + STRETCH - 1);
      new JsonObject(get(collector, RUN + stretch).body())
          .getJsonArray("series")
          .getJsonObject(0)
          .getJsonArray("steps")
          .forEach(step -> steps.add(((Number) step).longValue()));
    }
    return steps;
  }

  /** A picture, and a command there and back, over the bus. */
  private void askAcross() throws Exception {
    int example =
        new JsonObject(get(collector, RUN + "/examples?limit=1").body())
            .getJsonArray("examples")
            .getJsonObject(0)
            .getInteger("id");
    HttpResponse<String> picture = get(collector, RUN + "/examples/%d/pixels".formatted(example));
    assertThat(picture.statusCode()).as(picture.body()).isEqualTo(200);
    for (String command : List.of("pause", "resume")) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(collector, RUN + "/commands"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"command\": \"%s\"}".formatted(command)))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private void beginTrainer(int port) throws Exception {
    trainer =
        TrainerProcess.start(state("trainer"), arguments(port, "train", runFile(), "--resume"));
  }

  private void beginCollector(int port) throws Exception {
    collector = TrainerProcess.startCollector(state("collector"), arguments(port));
  }

  private String runFile() {
    return folder.resolve("apart.yaml").toString();
  }

  private Path state(String name) throws Exception {
    return Files.createDirectories(folder.resolve(name));
  }

  private String[] arguments(int port, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(options);
    all.addAll(List.of("--cluster-port", Integer.toString(port)));
    return all.toArray(String[]::new);
  }

  /** The run once it is beyond a step, or complete. */
  private JsonObject awaitStep(long step) throws Exception {
    return Poll.until(
        LIMIT,
        this::run,
        shown -> shown.getLong("step", -1L) > step || "completed".equals(shown.getString("state")));
  }

  private JsonObject run() throws Exception {
    return new JsonObject(get(collector, RUN).body()).getJsonObject("run", new JsonObject());
  }

  private HttpResponse<String> get(TrainerProcess process, String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(process, path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(TrainerProcess process, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(process.port(), path));
  }
}
