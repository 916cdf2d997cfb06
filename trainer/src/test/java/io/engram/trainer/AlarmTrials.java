package io.engram.trainer;

import io.engram.collector.aggregate.Runs;
import io.engram.events.CheckpointSaved;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.RunCommand;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.events.wire.OnsetJson;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunSpec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Alarms on the way of a real run: a step's event is emitted, travels to where runs are aggregated,
 * is decided on there at once, and the alarm travels back and is acted on.
 */
public final class AlarmTrials {
  private static final int STEPS_BEFORE = 7;

  private final Vertx vertx = Vertx.vertx();
  private final Runs runs = new Runs(InstantSource.system());
  private final RunSpec spec;
  private final RunData data;
  private final Path state;
  private volatile long decideAt = Long.MAX_VALUE;
  private volatile OnsetChannel channel = OnsetChannel.WARN;
  private volatile long reached;
  private volatile long emittedNanos;
  private volatile CompletableFuture<Long> saved = new CompletableFuture<>();
  private volatile CompletableFuture<OnsetAnswered> answered = new CompletableFuture<>();

  private AlarmTrials(RunSpec spec, RunData data, Path state) {
    this.spec = spec;
    this.data = data;
    this.state = state;
  }

  /**
   * @param nanos from the emission of the deciding event to the end of the action
   * @param steps that were made meanwhile
   */
  public record Trial(long nanos, long steps) {}

  /**
   * Makes three trials, one for each channel, with each start of the run.
   *
   * @param spec of a run that pauses at alarms of all channels, and is long enough
   * @param state where checkpoints go
   */
  public static List<Trial> measure(RunSpec spec, RunData data, Path state, int starts)
      throws Exception {
    AlarmTrials trials = new AlarmTrials(spec, data, state);
    List<Trial> all = new ArrayList<>();
    try {
      trials.collect();
      for (int start = 0; start < starts; start++) {
        trials.run(all);
      }
    } finally {
      trials.vertx.close().await();
    }
    return all;
  }

  private void collect() {
    EventBatchCodec.register(vertx.eventBus());
    vertx.eventBus().consumer(EventAddresses.EVENTS, this::take).completion().await();
  }

  private void take(Message<EventBatch> message) {
    runs.apply(message.body());
    message.reply(0L);
    for (EventEnvelope envelope : message.body().envelopes()) {
      if (envelope.event() instanceof StepCompleted && envelope.step() == decideAt) {
        vertx
            .eventBus()
            .<JsonObject>request(EventAddresses.onset(spec.run()), alarm(envelope))
            .map(reply -> OnsetJson.answered(reply.body()))
            .onSuccess(answered::complete)
            .onFailure(answered::completeExceptionally);
      }
    }
  }

  private JsonObject alarm(EventEnvelope deciding) {
    return OnsetJson.of(
        new OnsetDetected(
            deciding.run(),
            deciding.incarnation(),
            channel,
            "benchmark",
            deciding.epoch(),
            deciding.step(),
            1,
            1,
            1,
            OnsetDetected.NO_ESTIMATE,
            "this is a trial",
            deciding.timestampMillis()));
  }

  private void run(List<Trial> trials) throws Exception {
    decideAt = Long.MAX_VALUE;
    reached = 0;
    TrainerVerticle trainer =
        new TrainerVerticle(spec, new TrainerOptions(state, false), () -> data, this::observe);
    vertx
        .deployVerticle(
            trainer,
            new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("alarm-trials")
                .setWorkerPoolSize(1))
        .await();
    long from = 0;
    for (OnsetChannel each : OnsetChannel.values()) {
      command(RunCommand.PAUSE);
      channel = each;
      saved = new CompletableFuture<>();
      answered = new CompletableFuture<>();
      decideAt = Math.max(from, reached) + STEPS_BEFORE;
      long deciding = decideAt;
      command(RunCommand.RESUME);
      OnsetAnswered answer = answered.get(30, TimeUnit.SECONDS);
      trials.add(
          new Trial(saved.get(30, TimeUnit.SECONDS) - emittedNanos, answer.step() - deciding - 1));
      from = answer.step();
    }
    vertx.undeploy(trainer.deploymentID()).await();
  }

  private void observe(int epoch, long step, TrainingEvent event) {
    if (event instanceof StepCompleted) {
      reached = step + 1;
      if (step == decideAt) {
        emittedNanos = System.nanoTime();
      }
    } else if (event instanceof CheckpointSaved) {
      saved.complete(System.nanoTime());
    }
  }

  private void command(RunCommand command) {
    vertx
        .eventBus()
        .request(
            EventAddresses.commands(spec.run()),
            CommandMessage.of(command, InstantSource.system()).toJson())
        .await();
  }
}
