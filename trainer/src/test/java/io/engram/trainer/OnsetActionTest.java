package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.CheckpointSaved;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.RunCommand;
import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.RunStarted;
import io.engram.events.StepCompleted;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.events.wire.OnsetJson;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class OnsetActionTest {
  /** 1,000 in a long run of the tests: {@code -Dengram.onset.trials=1000}. */
  private static final int TRIALS = Integer.getInteger("engram.onset.trials", 60);

  private static final String ALL = "onset.channels=[warn, onset, harm]";
  private static final String ENDLESS =
      """
      run: endless
      data: {name: glyphs, training: 40, validation: 20, pool: 2}
      network: mlp:196-4-10
      training: {epochs: 1000000, batch: 20}
      probes: {csr: {every: never}, predictions: {every: never}, spectrum: {every: never}}
      """;
  private static final RunData DATA = data();

  @TempDir private Path state;
  private final Vertx vertx = Vertx.vertx();
  private final List<EventEnvelope> received = Collections.synchronizedList(new ArrayList<>());
  private volatile long completed;
  private volatile long incarnation;

  @BeforeEach
  void collect() {
    EventBatchCodec.register(vertx.eventBus());
    vertx
        .eventBus()
        .<EventBatch>consumer(
            EventAddresses.EVENTS,
            message -> {
              for (EventEnvelope envelope : message.body().envelopes()) {
                incarnation = envelope.incarnation();
                if (!(envelope.event() instanceof StepCompleted)) {
                  received.add(envelope);
                }
              }
              message.reply(0L);
            })
        .completion()
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /**
   * When a request returns, the alarm waits at the run; one step may be under way then, and no
   * other comes before the action.
   */
  @Test
  void actsAtTheFirstStepBoundaryAfterTheAlarmHasArrived() {
    Random random = new Random(1);
    int trials = 0;
    while (trials < TRIALS) {
      TrainerVerticle trainer = deploy(spec(ALL, "onset.on_onset=pause"));
      for (OnsetChannel channel : OnsetChannel.values()) {
        reach(completed + random.nextInt(4));
        long before = completed;
        Future<OnsetAnswered> answer = alarm(channel);
        long after = completed;
        OnsetAnswered answered = answer.await();
        assertThat(answered.action()).isEqualTo(OnsetAction.PAUSE);
        assertThat(answered.step()).isBetween(before, after + 1);
        assertThat(completed).as("no step after the action").isEqualTo(answered.step());
        assertThat(command(RunCommand.RESUME)).isEqualTo("RUNNING");
        trials++;
      }
      vertx.undeploy(trainer.deploymentID()).await();
    }
  }

  @Test
  void anAlarmThatComesAgainIsAnsweredAlikeAndDoesNothing() {
    deploy(spec("onset.on_onset=pause"));
    reach(2);
    OnsetAnswered first = alarm(OnsetChannel.ONSET).await();
    command(RunCommand.RESUME);
    reach(first.step() + 3);

    assertThat(alarm(OnsetChannel.ONSET).await()).isEqualTo(first);

    long now = completed;
    reach(now + 3);
    assertThat(events(CheckpointSaved.class))
        .extracting(EventEnvelope::step)
        .containsExactly(first.step());
  }

  @ParameterizedTest
  @EnumSource(OnsetAction.class)
  void doesWhatIsConfiguredForItsChannels(OnsetAction action) {
    TrainerVerticle trainer = deploy(spec("onset.on_onset=" + action.label()));
    reach(1);

    assertThat(alarm(OnsetChannel.WARN).await().action()).isEqualTo(OnsetAction.NONE);
    assertThat(new Checkpoints(state, spec().run()).beforeOnset()).doesNotExist();
    OnsetAnswered answered = alarm(OnsetChannel.ONSET).await();

    assertThat(answered.action()).isEqualTo(action);
    assertThat(new Checkpoints(state, spec().run()).beforeOnset()).exists();
    switch (action) {
      case NONE, CHECKPOINT -> reach(answered.step() + 3);
      case PAUSE -> assertThat(command(RunCommand.PAUSE)).isEqualTo("PAUSED");
      case STOP ->
          assertThat(trainer.finished().await())
              .isEqualTo(new RunFinished(Outcome.STOPPED, "onset: wrong labels are being fitted"));
    }
    assertThat(new Checkpoints(state, spec().run()).at(answered.step()).toFile().exists())
        .isEqualTo(action != OnsetAction.NONE);
  }

  @Test
  void whatCannotBeMeantIsRefusedWithAWord() {
    TrainerVerticle trainer = deploy(spec("onset.on_onset=pause"));
    reach(1);

    assertRefused(json(OnsetChannel.ONSET).put("incarnation", 7), 409, "the alarm is of 7");
    assertRefused(
        json(OnsetChannel.ONSET).put("run", "other"), 400, "run is other, must be endless here");
    assertRefused(
        json(OnsetChannel.ONSET).put("channel", "loud"), 400, "alarm: channel is not possible");
    assertRefused("ONSET", 400, "alarm: is taken as a JSON object, not as String");
    reach(completed + 3);
    command(RunCommand.STOP);
    trainer.finished().await();
    assertRefused(json(OnsetChannel.ONSET), 410, "run endless has ended");
  }

  @Test
  void goesBackToBeforeTheOnset() {
    TrainerVerticle trainer = deploy(spec("onset.on_onset=stop"));
    reach(5);
    alarm(OnsetChannel.ONSET).await();
    trainer.finished().await();
    vertx.undeploy(trainer.deploymentID()).await();
    received.clear();

    deploy(spec(), TrainerOptions.Start.BEFORE_ONSET);

    assertThat(((RunStarted) events(RunStarted.class).get(0).event()).resumedFromStep()).isZero();
  }

  @Test
  void withoutACheckpointFromBeforeThereIsALine() {
    assertThatThrownBy(() -> deploy(spec(), TrainerOptions.Start.BEFORE_ONSET))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("--from before-onset: run endless has no checkpoint from before");
  }

  @Test
  void aRunThatKeepsNothingWritesNothing() {
    deploy(spec("onset.keep_before=false"));
    reach(5);
    alarm(OnsetChannel.ONSET).await();

    assertThat(state).isEmptyDirectory();
  }

  private void assertRefused(Object body, int code, String problem) {
    assertThatThrownBy(
            () -> vertx.eventBus().request(EventAddresses.onset(spec().run()), body).await())
        .isInstanceOf(ReplyException.class)
        .hasMessageContaining(problem)
        .extracting(failure -> ((ReplyException) failure).failureCode())
        .isEqualTo(code);
  }

  private Future<OnsetAnswered> alarm(OnsetChannel channel) {
    return vertx
        .eventBus()
        .<JsonObject>request(EventAddresses.onset(spec().run()), json(channel))
        .map(Message::body)
        .map(OnsetJson::answered);
  }

  private JsonObject json(OnsetChannel channel) {
    return OnsetJson.of(
        new OnsetDetected(
            spec().run(),
            incarnation,
            channel,
            "canary_rank",
            0,
            1,
            1,
            4,
            3,
            OnsetDetected.NO_ESTIMATE,
            "wrong labels are being fitted",
            0));
  }

  private String command(RunCommand command) {
    return vertx
        .eventBus()
        .<String>request(
            EventAddresses.commands(spec().run()),
            CommandMessage.of(command, InstantSource.system()).toJson())
        .await()
        .body();
  }

  private void reach(long step) {
    while (completed < step) {
      LockSupport.parkNanos(10_000);
    }
  }

  private TrainerVerticle deploy(RunSpec spec) {
    return deploy(spec, TrainerOptions.Start.AFRESH);
  }

  private TrainerVerticle deploy(RunSpec spec, TrainerOptions.Start start) {
    completed = 0;
    incarnation = 0;
    TrainerVerticle trainer =
        new TrainerVerticle(
            spec,
            new TrainerOptions(state, start),
            () -> DATA,
            (epoch, step, event) -> {
              if (event instanceof StepCompleted) {
                completed = step + 1;
              }
            });
    vertx
        .deployVerticle(
            trainer,
            new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("onset-test")
                .setWorkerPoolSize(1))
        .await();
    while (incarnation == 0) {
      LockSupport.parkNanos(10_000);
    }
    return trainer;
  }

  private static RunSpec spec(String... settings) {
    return RunFiles.parse("endless", ENDLESS, List.of(settings));
  }

  private static RunData data() {
    DataLocations nowhere = new DataLocations(List.of(), Path.of("none"));
    return Datasets.load(spec().data(), spec().noise(), 1, nowhere, DownloadProgress.NONE);
  }

  private <E> List<EventEnvelope> events(Class<E> kind) {
    synchronized (received) {
      return received.stream().filter(envelope -> kind.isInstance(envelope.event())).toList();
    }
  }
}
