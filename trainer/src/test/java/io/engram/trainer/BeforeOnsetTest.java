package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.RunCommand;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.OnsetJson;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes back to before its onset, and a collector that goes back with it. */
@Timeout(120)
class BeforeOnsetTest {
  private static final RunSpec SPEC =
      RunFiles.parse(
          "tiny",
          """
          run: tiny
          data: {name: glyphs, training: 40, validation: 20, pool: 2}
          noise: {labels: {share: 0.4}}
          network: mlp:196-8-10
          regularization: {dropout: 0.2}
          training: {epochs: 150, batch: 20}
          probes: {csr: {every: never}, predictions: {every: never}, spectrum: {every: never}}
          onset: {keep_every: 1 step, keep_at_most: 5}
          """,
          List.of());
  private static final List<String> COMPARED =
      List.of(
          "/series?points=5000&name=step_loss&name=accuracy/validation&name=gradient_norm"
              + "&name=examples_learned/flipped&name=loss/train",
          "/examples?order=hardest&limit=40",
          "/data-map?points=40");

  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile long completed;
  private volatile long incarnation;

  @Test
  void whatTheCollectorKnowsIsThatOfARunThatNeverWentOn() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      List<String> whole = new ArrayList<>();
      collect(vertx, "whole");
      assertThat(train(vertx, "whole", TrainerOptions.Start.AFRESH)).isEqualTo(Outcome.COMPLETED);
      for (String path : COMPARED) {
        whole.add(get(vertx, path));
      }
      vertx.close().await();

      vertx = Vertx.vertx();
      collect(vertx, "back");
      TrainerVerticle trainer = deploy(vertx, "back", TrainerOptions.Start.AFRESH);
      while (completed < 60) {
        LockSupport.parkNanos(10_000);
      }
      alarm(vertx, 60);
      vertx
          .eventBus()
          .request(
              EventAddresses.commands(SPEC.run()),
              CommandMessage.of(RunCommand.STOP, InstantSource.system()).toJson())
          .await();
      assertThat(trainer.finished().await().outcome()).isEqualTo(Outcome.STOPPED);
      vertx.undeploy(trainer.deploymentID()).await();
      long steps = progress(vertx).getLong("steps");
      assertThat(train(vertx, "back", TrainerOptions.Start.BEFORE_ONSET))
          .isEqualTo(Outcome.COMPLETED);

      for (int i = 0; i < COMPARED.size(); i++) {
        assertThat(get(vertx, COMPARED.get(i))).isEqualTo(whole.get(i));
      }
      JsonObject progress = progress(vertx);
      assertThat(progress.getLong("stepsRedone")).isBetween(steps - 59, steps);
      assertThat(progress.getLong("steps") - progress.getLong("stepsRedone")).isEqualTo(300);
      JsonObject branch =
          new JsonObject(get(vertx, "/branches")).getJsonArray("branches").getJsonObject(0);
      assertThat(branch.getLong("toStep")).isEqualTo(steps);
      assertThat(branch.getLong("fromStep"))
          .isEqualTo(steps - progress.getLong("stepsRedone"))
          .isLessThan(60);
    } finally {
      vertx.close().await();
    }
  }

  private Outcome train(Vertx vertx, String state, TrainerOptions.Start start) {
    TrainerVerticle trainer = deploy(vertx, state, start);
    Outcome outcome = trainer.finished().await().outcome();
    vertx.undeploy(trainer.deploymentID()).await();
    return outcome;
  }

  private TrainerVerticle deploy(Vertx vertx, String state, TrainerOptions.Start start) {
    TrainerVerticle trainer =
        new TrainerVerticle(
            SPEC,
            new TrainerOptions(dir.resolve(state), start),
            BeforeOnsetTest::data,
            (epoch, step, event) -> completed = step);
    incarnation = trainer.publisher().incarnation();
    completed = 0;
    vertx
        .deployVerticle(
            trainer,
            new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("before-onset-test")
                .setWorkerPoolSize(1))
        .await();
    return trainer;
  }

  private void alarm(Vertx vertx, long step) {
    OnsetDetected onset =
        new OnsetDetected(
            SPEC.run(),
            incarnation,
            OnsetChannel.ONSET,
            "canary_rank",
            (int) (step / 2),
            step,
            1,
            4,
            3,
            OnsetDetected.NO_ESTIMATE,
            "wrong labels are being fitted",
            0);
    vertx.eventBus().request(EventAddresses.onset(SPEC.run()), OnsetJson.of(onset)).await();
  }

  private static RunData data() {
    DataLocations nowhere = new DataLocations(List.of(), Path.of("none"));
    return Datasets.load(SPEC.data(), SPEC.noise(), 1, nowhere, DownloadProgress.NONE);
  }

  private void collect(Vertx vertx, String state) {
    JsonObject config =
        new JsonObject()
            .put("port", 0)
            .put("stateDir", dir.resolve(state).resolve("collector").toString());
    vertx
        .deployVerticle(
            "io.engram.collector.CollectorVerticle", new DeploymentOptions().setConfig(config))
        .await();
  }

  private JsonObject progress(Vertx vertx) throws IOException, InterruptedException {
    return new JsonObject(get(vertx, "")).getJsonObject("run").getJsonObject("progress");
  }

  private String get(Vertx vertx, String path) throws IOException, InterruptedException {
    Object port = vertx.sharedData().getLocalMap("engram.collector").get("port");
    URI uri = URI.create("http://127.0.0.1:%s/api/v1/runs/tiny%s".formatted(port, path));
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
