package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every probe from the run file to /metrics and the API, in a process of its own. */
class ProbesTest {
  private static final Duration TRAINING = Duration.ofMinutes(4);

  private static final List<String> SEARCHED =
      List.of(
          "engram_critical_samples_total{radius=\"8\",run=\"it\",split=\"validation\"}",
          "engram_critical_samples_searched_total{radius=\"8\",run=\"it\",split=\"validation\"}",
          "engram_critical_sample_ratio{radius=\"25\",run=\"it\",split=\"validation\"}",
          "engram_critical_sample_ratio_lower{radius=\"1\",run=\"it\",split=\"validation\"}",
          "engram_critical_sample_ratio_upper{radius=\"1\",run=\"it\",split=\"validation\"}");

  private static final List<String> MONITORED =
      List.of(
          "engram_monitored_agreement_ratio{mean=\"latest\",role=\"training\",run=\"it\"}",
          "engram_monitored_agreement_ratio{mean=\"exponential\",role=\"canary\",run=\"it\"}",
          "engram_monitored_changed_ratio{role=\"ghost\",run=\"it\"}",
          "engram_monitored_agreement_gap_ratio{run=\"it\"}",
          "engram_canary_rank_ratio{role=\"canary\",run=\"it\"}",
          "engram_accuracy_ratio{run=\"it\",split=\"holdout\"}",
          "engram_accuracy_ratio{run=\"it\",split=\"canary\"}",
          "engram_loss{run=\"it\",split=\"ghost\"}",
          "engram_accuracy_gap_ratio{run=\"it\",split=\"holdout\"}",
          "engram_gradient_effective_rank{run=\"it\"}",
          "engram_global_parameter_norm{run=\"it\"}",
          "engram_probe_seconds_sum{probe=\"csr\",run=\"it\"}",
          "engram_probe_skipped_total{probe=\"predictions\",run=\"it\"}",
          "engram_mislabel_auroc{run=\"it\",score=\"combined\"}");

  private static final List<String> DIRECT =
      List.of(
          "engram_loss_sensitivity_gini{kind=\"direct\",run=\"it\"}",
          "engram_mislabel_auroc{run=\"it\",score=\"csg\"}");

  private static final List<String> UNROLLED =
      List.of(
          "engram_loss_sensitivity_gini{kind=\"unrolled\",run=\"it\"}",
          "engram_loss_sensitivity_count{kind=\"unrolled\",run=\"it\"}",
          "engram_loss_sensitivity_class_dominance{kind=\"unrolled\",run=\"it\"}");

  private static final List<String> TRUNCATED =
      List.of("engram_loss_sensitivity_gini{kind=\"truncated\",run=\"it\"}");

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void allOfThemOnGeneratedImages() throws Exception {
    Path run =
        Files.writeString(
            folder.resolve("all.yaml"),
            """
            data: {name: glyphs, training: 400, validation: 200, holdout: 100, pool: 2}
            noise: {labels: {share: 0.4}}
            network: mlp-16x16
            optimizer: {learning_rate: 0.1}
            training: {epochs: 4, batch: 50}
            canaries: {count: 30, ghosts: 30}
            probes:
              csr: {every: 1 epoch, examples: 100, training_examples: 50, noise_inputs: 50}
              predictions: {every: 0.5 epochs}
              spectrum: {every: 1 epoch, examples: 64}
              unrolled: {every: 2 epochs}
              truncated: {every: 1 epoch, updates: 5}
            """);
    measures(List.of("train", run.toString()), SEARCHED, MONITORED, DIRECT, UNROLLED, TRUNCATED);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "ENGRAM_DATA",
      matches = ".+",
      disabledReason = "there is no MNIST")
  void mnistAsShipped() throws Exception {
    measures(
        List.of("train", "mnist-noisy", "--set", "training.epochs=3"),
        SEARCHED,
        MONITORED,
        DIRECT,
        TRUNCATED);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "ENGRAM_DATA",
      matches = ".+",
      disabledReason = "there is no MNIST")
  void mnistSensitivityAsShipped() throws Exception {
    measures(
        List.of("train", "mnist-sensitivity", "--set", "training.epochs=12"), SEARCHED, UNROLLED);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "ENGRAM_DATA",
      matches = ".+",
      disabledReason = "there is no CIFAR-10")
  void cifarAsShipped() throws Exception {
    measures(List.of("train", "cifar-noisy", "--set", "training.epochs=2"), SEARCHED, MONITORED);
  }

  @SafeVarargs
  private void measures(List<String> command, List<String>... promised) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--set", "run=it"));
    try (TrainerProcess trainer = TrainerProcess.start(folder, all.toArray(String[]::new))) {
      String metrics =
          Poll.until(
              TRAINING,
              () -> {
                assertThat(trainer.lines()).noneMatch(line -> line.startsWith("A run failed"));
                return get(trainer, "/metrics", BodyHandlers.ofString()).body();
              },
              page -> page.contains("engram_run_state{run=\"it\",state=\"completed\"} 1"));
      for (String metric : Stream.of(promised).flatMap(List::stream).toList()) {
        assertThat(metrics).containsPattern("(?m)^\\Q" + metric + "\\E [-0-9.E]+$");
      }
      assertThat(metrics).doesNotContainPattern("engram_probe_failures_total\\{.*} [1-9]");
      theApiTellsThem(trainer);
    }
  }

  private void theApiTellsThem(TrainerProcess trainer) throws Exception {
    assertThat(json(trainer, "/critical-samples").getJsonArray("criticalSamples")).isNotEmpty();
    JsonArray suspects = json(trainer, "/examples?order=suspect&limit=48").getJsonArray("examples");
    assertThat(suspects).hasSize(48);
    int id = suspects.getJsonObject(0).getInteger("id");
    JsonObject shape =
        json(trainer, "").getJsonObject("run").getJsonObject("header").getJsonObject("dataset");
    int size =
        shape.getInteger("height") * shape.getInteger("width") * shape.getInteger("channels");
    HttpResponse<byte[]> pixels =
        get(trainer, "/api/v1/runs/it/examples/" + id + "/pixels", BodyHandlers.ofByteArray());
    assertThat(pixels.body()).hasSize(size);
  }

  private JsonObject json(TrainerProcess trainer, String path) throws Exception {
    return new JsonObject(get(trainer, "/api/v1/runs/it" + path, BodyHandlers.ofString()).body());
  }

  private <T> HttpResponse<T> get(TrainerProcess trainer, String path, BodyHandler<T> body)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(trainer.port(), path));
    HttpResponse<T> response = client.send(HttpRequest.newBuilder(uri).build(), body);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response;
  }
}
