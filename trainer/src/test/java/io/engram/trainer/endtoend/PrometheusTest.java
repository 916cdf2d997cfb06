package io.engram.trainer.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.Tools;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains for five epochs as a user would, scraped by a real Prometheus. Skipped where Prometheus is
 * not installed, but not with {@code CI=true}.
 */
@Timeout(1200)
class PrometheusTest {
  private static final Duration TRAINING = Duration.ofMinutes(10);
  private static final Duration SCRAPES = Duration.ofSeconds(60);

  /** Every metric that is promised, with the labels that are promised. */
  private static final List<String> PROMISED =
      List.of(
          "engram_run_info{run='it'}",
          "engram_steps_total{run='it'}",
          "engram_examples_total{run='it'}",
          "engram_examples_correct_total{run='it',split='train'}",
          "engram_loss{run='it',split='train'}",
          "engram_loss{run='it',split='validation'}",
          "engram_accuracy_ratio{run='it',split='train'}",
          "engram_accuracy_ratio{run='it',split='validation'}",
          "engram_step_loss{run='it'}",
          "engram_gradient_norm_last{run='it',layer!=''}",
          "engram_update_ratio{run='it',layer!=''}",
          "engram_learning_rate{run='it'}",
          "engram_examples_learned{run='it',labels='clean'}",
          "engram_examples_learned{run='it',labels='flipped'}",
          "engram_forgetting_events_total{run='it'}",
          "engram_prediction_changes_total{run='it'}",
          "engram_events_received_total{run='it'}",
          "engram_events_missed_total{run='it'}",
          "engram_events_duplicate_total{run='it'}",
          "engram_events_undecodable_total{run='it'}",
          "engram_events_dropped_total{run='it',reason!=''}");

  private static final List<String> CLASSIC_HISTOGRAMS =
      List.of(
          "histogram_quantile(0.5, engram_gradient_norm_bucket{run='it',layer!=''}) > 0",
          "histogram_quantile(0.5, engram_example_gradient_norm_bucket{run='it'}) > 0");

  private static final List<String> NATIVE_HISTOGRAMS =
      List.of(
          "histogram_quantile(0.5, engram_gradient_norm{run='it',layer!=''}) > 0",
          "histogram_quantile(0.5, engram_example_gradient_norm{run='it'}) > 0");

  @TempDir Path folder;

  @BeforeAll
  static void prometheusIsInstalled() {
    Tools.require("prometheus");
    Tools.require("promtool");
  }

  @Test
  void generatedImages() throws Exception {
    everyMetricAnswersAndTheRunLearns(glyphs().toString(), 0.5);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "ENGRAM_DATA",
      matches = ".+",
      disabledReason = "there is no MNIST")
  void realMnistAsShipped() throws Exception {
    everyMetricAnswersAndTheRunLearns("mnist-mlp", 0.97);
  }

  private void everyMetricAnswersAndTheRunLearns(String run, double accuracy) throws Exception {
    try (TrainerProcess trainer = TrainerProcess.start(folder, "train", run, "--set", "run=it");
        PrometheusProcess prometheus =
            PrometheusProcess.start(folder.resolve("classic"), trainer.port());
        PrometheusProcess nativeHistograms =
            PrometheusProcess.start(
                folder.resolve("native"), trainer.port(), "--enable-feature=native-histograms")) {
      awaitAnswers(TRAINING, trainer, prometheus, PROMISED);
      awaitAnswers(TRAINING, trainer, prometheus, CLASSIC_HISTOGRAMS);
      awaitAnswers(TRAINING, trainer, nativeHistograms, PROMISED);
      awaitAnswers(TRAINING, trainer, nativeHistograms, NATIVE_HISTOGRAMS);
      awaitAnswers(
          TRAINING,
          trainer,
          prometheus,
          List.of("engram_run_state{run='it',state='completed'} == 1"));
      awaitAnswers(
          SCRAPES,
          trainer,
          prometheus,
          List.of(
              "engram_accuracy_ratio{run='it',split='validation'} >= " + accuracy,
              "engram_epoch{run='it'} == 5",
              "engram_events_missed_total{run='it'} == 0"));
      assertThat(promtoolOn(trainer.port())).isEmpty();
    }
  }

  private static void awaitAnswers(
      Duration limit, TrainerProcess trainer, PrometheusProcess prometheus, List<String> queries)
      throws Exception {
    Poll.until(
        limit,
        () -> {
          assertThat(trainer.lines()).noneMatch(line -> line.startsWith("A run failed"));
          List<String> unanswered = new ArrayList<>();
          for (String query : queries) {
            if (prometheus.query(query).isEmpty()) {
              unanswered.add(query);
            }
          }
          return unanswered;
        },
        List::isEmpty);
  }

  /** What {@code promtool check metrics} has to say of the page as it is. */
  private String promtoolOn(int port) throws Exception {
    Path page = folder.resolve("metrics.txt");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port))).build();
    HttpClient.newHttpClient().send(request, BodyHandlers.ofFile(page));
    assertThat(page).content().contains("engram_run_info{");
    Process promtool =
        new ProcessBuilder(Tools.require("promtool").toString(), "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
    return said;
  }

  private Path glyphs() throws Exception {
    return Files.writeString(
        folder.resolve("run.yaml"),
        """
        data: {name: glyphs, training: 2000, validation: 500}
        noise: {labels: {share: 0.2}}
        network: mlp:784-64-10
        optimizer: {learning_rate: 0.1}
        training: {epochs: 5, batch: 50}
        """);
  }
}
