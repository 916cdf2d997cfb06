package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Real training from the run file to the alarm and back, in a process of its own. */
@Timeout(300)
class OnsetTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private Path run(String name, double share) throws Exception {
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
        onset: {on_onset: checkpoint}
        """
            .formatted(share));
  }

  @Test
  void theNoisyRunRaisesTheOnsetAndTheCleanOneStaysSilent() throws Exception {
    try (TrainerProcess trainer =
        TrainerProcess.start(
            folder, "train", run("noisy", 0.4).toString(), run("clean", 0).toString())) {
      for (String run : List.of("noisy", "clean")) {
        Poll.until(
            LIMIT,
            () -> {
              assertThat(trainer.lines()).noneMatch(line -> line.startsWith("A run failed"));
              return get(trainer, "/api/v1/runs/" + run);
            },
            body -> body.contains("\"state\":\"completed\""));
      }
      JsonObject noisy = onset(trainer, "noisy");
      assertThat(noisy.getString("level")).as(noisy.encode()).isEqualTo("raised");
      assertThat(noisy.getString("detectors")).isEqualTo("canary_rank_and_label_noise");
      JsonObject raised = noisy.getJsonObject("raisedAt");
      assertThat(raised.getString("reason")).isNotBlank();
      assertThat(raised.getLong("lookSpacing")).isEqualTo(11);
      assertThat(raised.getLong("step")).isBetween(50L, 500L);
      JsonObject answer = noisy.getJsonObject("answer");
      assertThat(answer.getString("action")).as(answer.encode()).isEqualTo("checkpoint");
      assertThat(answer.getLong("step")).isGreaterThan(raised.getLong("step"));
      assertThat(noisy.getLong("alarms")).isEqualTo(1);
      assertThat(trainer.lines())
          .anyMatch(
              line ->
                  line.contains("Run noisy, channel onset:")
                      && line.contains("step " + raised.getLong("step"))
                      && line.contains(raised.getString("reason")));

      JsonObject clean = onset(trainer, "clean");
      assertThat(clean.getString("level")).as(clean.encode()).isEqualTo("quiet");
      assertThat(trainer.lines()).noneMatch(line -> line.contains("Run clean, channel onset:"));
    }
  }

  private JsonObject onset(TrainerProcess trainer, String run) throws Exception {
    return new JsonObject(get(trainer, "/api/v1/runs/" + run + "/onset"))
        .getJsonObject("onset")
        .getJsonArray("channels")
        .getJsonObject(1);
  }

  private String get(TrainerProcess trainer, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(trainer.port(), path));
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
