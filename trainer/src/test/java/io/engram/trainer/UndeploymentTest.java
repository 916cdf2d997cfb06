package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventBatch;
import io.engram.events.RunCommand;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run's thread goes when the run is undeployed; nothing may be asked of it any more then. */
@Timeout(120)
class UndeploymentTest {
  private static final int RUNS = 60;

  @TempDir private Path state;
  private final Vertx vertx = Vertx.vertx();
  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  @AfterEach
  void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
    vertx.close().await();
  }

  @Test
  void nothingIsAskedOfTheThreadOfARunThatIsGone() {
    EventBatchCodec.register(vertx.eventBus());
    vertx
        .eventBus()
        .<EventBatch>consumer(EventAddresses.EVENTS, message -> message.reply(0L))
        .completion()
        .await();
    RunSpec spec =
        RunFiles.parse(
            "endless",
            """
            data: {name: glyphs, training: 40, validation: 20, pool: 2}
            network: mlp:196-4-10
            training: {epochs: 1000000, batch: 20}
            probes: {csr: {every: never}, predictions: {every: never}, spectrum: {every: never}}
            """,
            List.of());
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            1,
            new DataLocations(List.of(), Path.of("none")),
            DownloadProgress.NONE);
    Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> uncaught.add(problem));
    DeploymentOptions worker =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName("undeployment-test")
            .setWorkerPoolSize(1);

    for (int run = 0; run < RUNS; run++) {
      TrainerVerticle trainer =
          new TrainerVerticle(
              spec, new TrainerOptions(state, false), () -> data, (epoch, step, event) -> {});
      String deployed = vertx.deployVerticle(trainer, worker).await();
      if (run % 2 == 0) {
        vertx
            .eventBus()
            .request(
                EventAddresses.commands(spec.run()),
                CommandMessage.of(RunCommand.PAUSE, InstantSource.system()).toJson())
            .await();
      }
      vertx.undeploy(deployed).await();
    }

    assertThat(uncaught).isEmpty();
  }
}
