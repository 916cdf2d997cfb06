package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.engram.events.CheckpointSaved;
import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesDescribed;
import io.engram.events.ProbesReported;
import io.engram.events.RunCommand;
import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.RunStarted;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.EventSink;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainerVerticleTest {
  private static final String TINY =
      """
      data: {name: glyphs, training: 200, validation: 50}
      network: mlp:784-16-10
      training: {epochs: 2, batch: 50}
      probes: {predictions: {every: never}, spectrum: {every: never}}
      """;
  private static final String CSR = "probes.csr.every=1 epoch";
  private static final EventSink NOBODY = (epoch, step, event) -> {};

  @TempDir private Path state;
  private final Vertx vertx = Vertx.vertx();
  private final List<EventEnvelope> received = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void collect() {
    EventBatchCodec.register(vertx.eventBus());
    vertx
        .eventBus()
        .<EventBatch>consumer(
            EventAddresses.EVENTS,
            message -> {
              received.addAll(message.body().envelopes());
              message.reply(0L);
            })
        .completion()
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void streamsAWholeRunWithoutAGap() {
    RunFinished end = deploy(tiny(), NOBODY).finished().await();

    assertThat(end).isEqualTo(new RunFinished(Outcome.COMPLETED, ""));
    assertThat(received).extracting(EventEnvelope::sequence).doesNotHaveDuplicates().isSorted();
    assertThat(received.get(received.size() - 1).sequence()).isEqualTo(received.size() - 1L);
    assertThat(received.get(0).event()).isInstanceOf(RunStarted.class);
    assertThat(received.get(received.size() - 1).event()).isEqualTo(end);
    assertThat(envelopes(StepCompleted.class))
        .extracting(EventEnvelope::step)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(envelopes(EpochCompleted.class))
        .extracting(EventEnvelope::epoch)
        .containsExactly(0, 1, 2);
  }

  @Test
  void pausesBetweenStepsAndResumesWhereItWas() {
    TrainerVerticle trainer = pausedAtStep(3, tiny());
    assertThat(trainer.finished().isComplete()).isFalse();

    assertThat(command(RunCommand.RESUME)).isEqualTo("RUNNING");

    assertThat(trainer.finished().await().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(envelopes(StepCompleted.class)).hasSize(8);
    assertThat(envelopes(TrainerReported.class))
        .extracting(envelope -> ((TrainerReported) envelope.event()).state())
        .containsSubsequence(TrainerReported.State.PAUSED, TrainerReported.State.RUNNING);
  }

  @Test
  void showsAnExampleWhileItTrainsAndAfterwards() {
    TrainerVerticle trainer = pausedAtStep(3, tiny());
    ExamplesDescribed described =
        (ExamplesDescribed) envelopes(ExamplesDescribed.class).get(0).event();
    int id = described.ids()[7];

    Buffer pixels = pixels(id);

    assertThat(pixels.getBytes()).hasSize(28 * 28);
    assertThat(data(tiny()).pixels(id)).contains(pixels.getBytes());
    assertThatThrownBy(() -> pixels(123_456))
        .isInstanceOf(ReplyException.class)
        .hasMessageContaining("run tiny has no example 123456")
        .extracting(failure -> ((ReplyException) failure).failureCode())
        .isEqualTo(404);
    assertThatThrownBy(() -> pixels("seven"))
        .isInstanceOf(ReplyException.class)
        .hasMessageContaining("seven is not the id of an example")
        .extracting(failure -> ((ReplyException) failure).failureCode())
        .isEqualTo(400);
    command(RunCommand.RESUME);
    trainer.finished().await();
    assertThat(pixels(id)).isEqualTo(pixels);
  }

  private Buffer pixels(Object id) {
    return vertx.eventBus().<Buffer>request(EventAddresses.pixels(tiny().run()), id).await().body();
  }

  @Test
  void stopsWithACheckpointFromWhichAnotherIncarnationFinishes() {
    TrainerVerticle trainer = pausedAtStep(3, tiny());
    command(RunCommand.STOP);
    assertThat(trainer.finished().await().outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(envelopes(CheckpointSaved.class)).hasSize(1);
    long reached = envelopes(CheckpointSaved.class).get(0).step();
    received.clear();
    vertx.undeploy(trainer.deploymentID()).await();

    TrainerVerticle resumed = deploy(tiny(), new TrainerOptions(state, true), NOBODY);

    assertThat(resumed.finished().await().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(((RunStarted) received.get(0).event()).resumedFromStep()).isEqualTo(reached);
    assertThat(envelopes(StepCompleted.class).get(0).step()).isEqualTo(reached);
    assertThat(envelopes(StepCompleted.class)).hasSize((int) (8 - reached));
  }

  @Test
  void writesCheckpointsEveryFewEpochs() {
    deploy(tiny("checkpoints.every_epochs=1"), NOBODY).finished().await();

    assertThat(envelopes(CheckpointSaved.class))
        .extracting(EventEnvelope::step)
        .containsExactly(4L, 8L);
    assertThat(new Checkpoints(state, tiny().run()).at(8)).satisfies(Files::exists);
  }

  @Test
  void emitsWhatProbesFoundAlsoWhileItIsPaused() {
    TrainerVerticle trainer =
        pausedAtStep(5, tiny(CSR, "probes.csr.radii=[0.001]", "probes.csr.iterations=2000"));
    poll(() -> searchedAt().contains(4L));
    assertThat(envelopes(StepCompleted.class)).hasSizeLessThan(8);

    command(RunCommand.RESUME);

    assertThat(trainer.finished().await().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(searchedAt()).containsExactly(0L, 4L, 8L);
    EventEnvelope last = received.get(received.size() - 2);
    assertThat(((ProbesReported) last.event()).probes())
        .extracting(
            ProbesReported.Probe::probe,
            ProbesReported.Probe::measured,
            ProbesReported.Probe::failed,
            ProbesReported.Probe::skipped)
        .containsExactly(tuple("csr", 3L, 0L, 0L));
  }

  @Test
  void resumedRunMeasuresFromWhereItGoesOn() {
    TrainerVerticle trainer = pausedAtStep(5, tiny(CSR, "probes.csr.radii=[1]"));
    command(RunCommand.STOP);
    assertThat(trainer.finished().await().outcome()).isEqualTo(Outcome.STOPPED);
    received.clear();
    vertx.undeploy(trainer.deploymentID()).await();

    deploy(tiny(CSR, "probes.csr.radii=[1]"), new TrainerOptions(state, true), NOBODY)
        .finished()
        .await();

    assertThat(searchedAt()).containsExactly(8L);
  }

  /** The search would take minutes. */
  @Test
  void undeploymentDoesNotWaitForAMeasurement() {
    RunSpec endless = tiny(CSR, "probes.csr.radii=[0.001]", "probes.csr.iterations=100000000");
    TrainerVerticle trainer = pausedAtStep(1, endless);

    vertx.undeploy(trainer.deploymentID()).await();

    assertThat(searchedAt()).isEmpty();
    ProbesReported report = (ProbesReported) received.get(received.size() - 2).event();
    assertThat(report.probes().get(0).skipped()).isPositive();
  }

  private List<Long> searchedAt() {
    return envelopes(CriticalSamplesSearched.class).stream().map(EventEnvelope::step).toList();
  }

  @Test
  void refusesUnknownCommandsAndGoesOn() {
    TrainerVerticle trainer = pausedAtStep(1, tiny());

    assertThatThrownBy(() -> request(message(RunCommand.PAUSE).put("command", "dance")))
        .isInstanceOf(ReplyException.class)
        .hasMessage("unknown command 'dance'");

    JsonObject resume = message(RunCommand.RESUME);
    request(resume);
    assertThat(trainer.finished().await().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThatThrownBy(() -> request(resume)).hasMessageContaining("the command came before");
    assertThatThrownBy(() -> command(RunCommand.PAUSE)).hasMessage("run tiny has ended");
  }

  @Test
  void undeploymentEndsTheRunAndDeliversItsLastEvents() {
    TrainerVerticle trainer = pausedAtStep(2, tiny());

    vertx.undeploy(trainer.deploymentID()).await();

    assertThat(((RunFinished) received.get(received.size() - 1).event()).outcome())
        .isEqualTo(Outcome.STOPPED);
  }

  @Test
  void doesNotStartWithANetworkThatDoesNotFit() {
    assertThatThrownBy(() -> deploy(tiny("network=mlp:100-16-10"), NOBODY))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("network");
  }

  @Test
  void anErrorWhileTrainingEndsTheRunAsFailed() {
    EventSink failing =
        (epoch, step, event) -> {
          if (event instanceof StepCompleted && step == 2) {
            throw new IllegalStateException("disk on fire");
          }
        };

    assertThat(deploy(tiny(), failing).finished().await())
        .isEqualTo(new RunFinished(Outcome.FAILED, "disk on fire"));
  }

  @Test
  void undeploymentLeavesACheckpointToARunThatIsMeantToGoOn() {
    TrainerOptions resuming = new TrainerOptions(state, true);
    TrainerVerticle trainer = pausedAtStep(2, tiny(), resuming);
    vertx.undeploy(trainer.deploymentID()).await();
    long reached = envelopes(CheckpointSaved.class).get(0).step();
    assertThat(((RunFinished) received.get(received.size() - 1).event()).outcome())
        .isEqualTo(Outcome.STOPPED);
    received.clear();

    RunFinished end = deploy(tiny(), resuming, NOBODY).finished().await();

    assertThat(end.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(((RunStarted) received.get(0).event()).resumedFromStep()).isEqualTo(reached);
  }

  private TrainerVerticle pausedAtStep(long target, RunSpec spec) {
    return pausedAtStep(target, spec, new TrainerOptions(state, false));
  }

  private TrainerVerticle pausedAtStep(long target, RunSpec spec, TrainerOptions options) {
    EventSink pausing =
        (epoch, step, event) -> {
          if (event instanceof StepCompleted && step == target) {
            vertx
                .eventBus()
                .send(
                    EventAddresses.commands(spec.run()),
                    CommandMessage.of(RunCommand.PAUSE, InstantSource.system()).toJson());
          }
        };
    TrainerVerticle trainer = deploy(spec, options, pausing);
    while (envelopes(TrainerReported.class).stream()
        .noneMatch(e -> ((TrainerReported) e.event()).state() == TrainerReported.State.PAUSED)) {
      Thread.onSpinWait();
    }
    return trainer;
  }

  private static void poll(BooleanSupplier reached) {
    while (!reached.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static RunSpec tiny(String... settings) {
    return RunFiles.parse("tiny", TINY, List.of(settings));
  }

  private static RunData data(RunSpec spec) {
    DataLocations nowhere = new DataLocations(List.of(), Path.of("none"));
    return Datasets.load(spec.data(), spec.noise(), 1, nowhere, DownloadProgress.NONE);
  }

  private TrainerVerticle deploy(RunSpec spec, EventSink observer) {
    return deploy(spec, new TrainerOptions(state, false), observer);
  }

  private TrainerVerticle deploy(RunSpec spec, TrainerOptions options, EventSink observer) {
    TrainerVerticle trainer = new TrainerVerticle(spec, options, () -> data(spec), observer);
    vertx
        .deployVerticle(
            trainer,
            new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("trainer-test")
                .setWorkerPoolSize(1))
        .await();
    return trainer;
  }

  private String command(RunCommand command) {
    return request(message(command));
  }

  private static JsonObject message(RunCommand command) {
    return CommandMessage.of(command, InstantSource.system()).toJson();
  }

  private String request(JsonObject command) {
    return vertx
        .eventBus()
        .<String>request(EventAddresses.commands(tiny().run()), command)
        .await()
        .body();
  }

  private <E> List<EventEnvelope> envelopes(Class<E> kind) {
    synchronized (received) {
      return received.stream().filter(envelope -> kind.isInstance(envelope.event())).toList();
    }
  }
}
