package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real training from the run file to the alarm and back, in a process of its own: three runs with
 * wrong labels that differ in what they do about it, and one without.
 */
@Timeout(300)
class OnsetTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int WARN = 0;
  private static final int ONSET = 1;

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TrainerProcess trainer;

  @BeforeAll
  static void train() throws Exception {
    trainer =
        TrainerProcess.start(
            folder,
            "train",
            run("noisy", 0.4, "checkpoint"),
            run("paused", 0.4, "pause"),
            run("stopped", 0.4, "stop"),
            run("clean", 0, "checkpoint"));
  }

  @AfterAll
  static void end() throws Exception {
    if (trainer != null) {
      trainer.close();
    }
  }

  private static String run(String name, double share, String action) throws Exception {
    return Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            data: {name: glyphs, training: 1000, validation: 200, pool: 2}
            noise: {labels: {share: %s}}
            network: mlp:196-128-128-10
            optimizer: {learning_rate: 0.05}
            training: {epochs: 30, batch: 50}
            canaries: {count: 100}
            probes:
              csr: {every: never}
              spectrum: {every: never}
              predictions: {every: 0.5 epochs, examples: 500}
            onset: {on_onset: %s}
            """
                .formatted(share, action))
        .toString();
  }

  @Test
  void theNoisyRunWarnsThenRaisesTheOnsetAndKeepsACheckpoint() throws Exception {
    await("noisy", "completed");

    JsonObject onset = channel("noisy", ONSET);
    assertThat(onset.getString("level")).as(onset.encode()).isEqualTo("raised");
    assertThat(onset.getString("detectors")).isEqualTo("canary_rank_and_label_noise");
    assertThat(onset.getLong("alarms")).isEqualTo(1);
    JsonObject raised = onset.getJsonObject("raisedAt");
    long step = raised.getLong("step");
    assertThat(raised.getString("reason")).isNotBlank();
    assertThat(raised.getLong("lookSpacing")).isEqualTo(11);
    assertThat(step).isBetween(25L, 500L);
    JsonObject warn = channel("noisy", WARN);
    assertThat(warn.getString("level")).as(warn.encode()).isEqualTo("raised");
    assertThat(warn.getJsonObject("raisedAt").getLong("step")).isLessThanOrEqualTo(step);
    assertThat(get("/metrics"))
        .contains("engram_onset{channel=\"warn\",level=\"raised\",run=\"noisy\"} 1.0")
        .contains("engram_onset{channel=\"onset\",level=\"raised\",run=\"noisy\"} 1.0")
        .contains("engram_onset_step{channel=\"onset\",run=\"noisy\"} " + step + ".0");
    assertThat(trainer.lines())
        .as("the collector's line")
        .anyMatch(
            line ->
                line.contains("Run noisy, channel onset:")
                    && line.contains("step " + step)
                    && line.contains(raised.getString("reason")));
    long acted = answer("noisy", "checkpoint").getLong("step");
    assertThat(acted).isGreaterThan(step);
    assertThat(trainer.lines())
        .as("the run's line, which has heard it on the bus")
        .anyMatch(
            line ->
                line.contains("Run noisy: onset at step " + step)
                    && line.contains("Checkpoint at step " + acted + "; it trains on."));
    assertThat(checkpoint("noisy", "step-" + acted)).exists();
    assertThat(checkpoint("noisy", "before-onset")).exists();
  }

  /** Its losses are those of the same run that was not paused, step by step, to the last bit. */
  @Test
  void theRunThatPausesWaitsAndGoesOnAsIfNothingHadHappened() throws Exception {
    JsonObject waiting = await("paused", "paused");
    long acted = answer("paused", "pause").getLong("step");
    assertThat(await("paused", "paused").getLong("step"))
        .as("no step since: %s", waiting.encode())
        .isEqualTo(acted);
    assertThat(checkpoint("paused", "step-" + acted)).exists();

    HttpRequest resume =
        HttpRequest.newBuilder(uri("/api/v1/runs/paused/commands"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"command\": \"resume\"}"))
            .build();
    assertThat(CLIENT.send(resume, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

    await("paused", "completed");
    await("noisy", "completed");
    assertThat(losses("paused")).hasSize(1);
    assertThat(losses("paused")).isEqualTo(losses("noisy"));
  }

  @Test
  void theRunThatStopsSaysWhy() throws Exception {
    JsonObject end = await("stopped", "stopped");
    assertThat(end.getString("detail"))
        .isEqualTo("onset: " + channel("stopped", ONSET).getString("reason"));
    long acted = answer("stopped", "stop").getLong("step");
    assertThat(end.getLong("step")).isEqualTo(acted).isLessThan(600);
    assertThat(checkpoint("stopped", "step-" + acted)).exists();
    assertThat(checkpoint("stopped", "before-onset")).exists();
  }

  @Test
  void theCleanRunStaysSilent() throws Exception {
    await("clean", "completed");
    JsonObject clean = channel("clean", ONSET);
    assertThat(clean.getString("level")).as(clean.encode()).isEqualTo("quiet");
    assertThat(get("/metrics"))
        .contains("engram_onset{channel=\"onset\",level=\"raised\",run=\"clean\"} 0.0");
    assertThat(trainer.lines()).noneMatch(line -> line.contains("Run clean, channel onset:"));
    assertThat(checkpoint("clean", "before-onset")).doesNotExist();
  }

  private static JsonObject await(String run, String state) throws Exception {
    return Poll.until(
        LIMIT,
        () -> {
          assertThat(trainer.lines()).noneMatch(line -> line.startsWith("A run failed"));
          JsonObject shown = new JsonObject(get("/api/v1/runs/" + run)).getJsonObject("run");
          return shown == null ? new JsonObject() : shown;
        },
        shown -> state.equals(shown.getString("state")));
  }

  private static JsonObject channel(String run, int channel) throws Exception {
    return new JsonObject(get("/api/v1/runs/" + run + "/onset"))
        .getJsonObject("onset")
        .getJsonArray("channels")
        .getJsonObject(channel);
  }

  private static JsonObject answer(String run, String action) throws Exception {
    JsonObject answer =
        Poll.until(
            LIMIT, () -> channel(run, ONSET).getJsonObject("answer"), given -> given != null);
    assertThat(answer.getString("action")).as(answer.encode()).isEqualTo(action);
    return answer;
  }

  private static JsonArray losses(String run) throws Exception {
    return new JsonObject(get("/api/v1/runs/" + run + "/series?name=step_loss&points=5000"))
        .getJsonArray("series");
  }

  private static Path checkpoint(String run, String name) {
    return folder.resolve("state/checkpoints").resolve(run).resolve(name + ".zip");
  }

  private static String get(String path) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(trainer.port(), path));
  }
}
