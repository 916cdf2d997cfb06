package io.engram.trainer.benchmark;

import io.engram.events.RunId;
import io.engram.events.wire.EventAddresses;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.publish.Destination;
import io.engram.trainer.publish.EventPublisher;
import io.engram.trainer.publish.SpoolOptions;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.TrainingLoop;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much faster than life the command {@code engram-collector replay} is: a run like {@code
 * live-noisy}, 80 or 800 epochs of 5,000 examples, is trained, its events go by way of its spool to
 * a journal, and the time from its first event to its last is divided by what replaying them took,
 * in a process of its own that is as cold as a person's. Of the shorter run most of the time is the
 * compiler's.
 */
final class ReplayBenchmark implements Benchmark {
  private static final int[] EPOCHS = {80, 800};
  private static final int ROUNDS = 5;
  private static final double LEAST_SPEED = 100;
  private static final Pattern SAID =
      Pattern.compile(", 0 damaged, in ([0-9.]+) s\\R.* 0 missed; lived ([0-9.]+) s");

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    List<BenchmarkRow> rows = new ArrayList<>();
    for (int epochs : EPOCHS) {
      rows.add(
          new BenchmarkRow(
              "replay: life of %d epochs / replay".formatted(epochs),
              Estimate.median(faster(epochs)),
              "ratio",
              LEAST_SPEED,
              Better.HIGHER));
    }
    return rows;
  }

  private static double[] faster(int epochs) throws Exception {
    Path dir = Files.createTempDirectory("engram-replay-benchmark");
    live(dir, epochs);
    double[] faster = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Matcher said = SAID.matcher(replay(dir));
      if (!said.find()) {
        throw new IllegalStateException("a replay that is not whole");
      }
      faster[round] = Double.parseDouble(said.group(2)) / Double.parseDouble(said.group(1));
    }
    return faster;
  }

  private static void live(Path dir, int epochs) throws Exception {
    RunSpec spec =
        RunFiles.parse(
            "replayed",
            """
            data: {name: glyphs, training: 5000, validation: 1000, holdout: 500}
            noise: {labels: {share: 0.4}}
            network: mlp:784-512-512-10
            training: {batch: 100}
            canaries: {count: 60, ghosts: 60}
            probes:
              csr: {every: never}
              predictions: {every: 1 epoch, examples: 300, holdout: 300}
              spectrum: {every: 4 epochs}
            """,
            List.of("training.epochs=" + epochs));
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            spec.canaries(),
            1,
            DataLocations.of(null, System.getenv()),
            DownloadProgress.NONE);
    Vertx vertx = Vertx.vertx();
    try {
      JsonObject config =
          new JsonObject()
              .put("port", 0)
              .put("stateDir", dir.resolve("collector").toString())
              .put("journal", true);
      String collector =
          vertx
              .deployVerticle(
                  "io.engram.collector.CollectorVerticle",
                  new DeploymentOptions().setConfig(config))
              .await();
      EventPublisher publisher =
          EventPublisher.spooling(
              new RunId("replayed"),
              InstantSource.system(),
              new SpoolOptions(dir.resolve("spool"), SpoolOptions.DEFAULT_QUOTA_BYTES),
              Destination.at(EventAddresses.EVENTS));
      publisher.start(vertx).await();
      try (TrainingLoop loop =
          TrainingLoop.start(spec, data, publisher::emit, Probes::synchronous)) {
        while (loop.advance()) {}
      }
      int left = publisher.stop(Duration.ofMinutes(1)).await();
      if (left > 0) {
        throw new IllegalStateException(left + " batches did not reach the journal");
      }
      vertx.undeploy(collector).await();
    } finally {
      vertx.close().await();
    }
  }

  private static String replay(Path dir) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.engram.collector.Main",
                "replay",
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException("replay ended with " + process.exitValue() + ": " + said);
    }
    return said;
  }
}
