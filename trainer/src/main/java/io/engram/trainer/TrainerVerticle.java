package io.engram.trainer;

import io.engram.events.CheckpointsKept;
import io.engram.events.RunCommand;
import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.RunId;
import io.engram.events.TrainerReported.State;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.publish.EventPublisher;
import io.engram.trainer.publish.SpoolOptions;
import io.engram.trainer.scoring.BusScorer;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.EventSink;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.TrainingLoop;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run. Deployed as a worker with a pool of one thread of its own, on which everything of the
 * run happens: it does one unit of work, a step or an evaluation, then yields, so that commands,
 * the heartbeat and undeployment are heard between two steps.
 */
final class TrainerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerVerticle.class);

  private final RunSpec spec;
  private final TrainerOptions options;
  private final Supplier<RunData> data;
  private final EventSink observer;
  private final EventPublisher publisher;
  private final Checkpoints checkpoints;
  private final KeptCheckpoints kept;
  private final CommandGuard guard = new CommandGuard(InstantSource.system());
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private final Promise<RunFinished> finished = Promise.promise();
  private long heartbeat;
  private @Nullable TrainingLoop loop;
  private @Nullable Probes probes;
  private boolean paused;
  private @Nullable RunFinished end;

  /**
   * @param data loads the examples; called on the run's thread
   * @param observer sees every event of the run, on the run's thread
   */
  TrainerVerticle(
      RunSpec spec, TrainerOptions options, Supplier<RunData> data, EventSink observer) {
    this.spec = spec;
    this.options = options;
    this.data = data;
    this.observer = observer;
    this.publisher = publisher(spec.run(), options);
    this.checkpoints = new Checkpoints(options.stateDir(), spec.run());
    this.kept = new KeptCheckpoints(spec.onset(), checkpoints, System::nanoTime, this::tellKept);
  }

  private static EventPublisher publisher(RunId run, TrainerOptions options) {
    TrainerOptions.Spooling spooling = options.spooling();
    if (spooling == null) {
      return new EventPublisher(run, InstantSource.system());
    }
    Path dir = options.stateDir().resolve("spool").resolve(run.value());
    return EventPublisher.spooling(
        run,
        InstantSource.system(),
        new SpoolOptions(dir, spooling.quotaBytes()),
        spooling.shards().destination(run, dir));
  }

  /** Completes when the run has ended and its events are delivered or given up. */
  Future<RunFinished> finished() {
    return finished.future();
  }

  EventPublisher publisher() {
    return publisher;
  }

  @Override
  public Future<?> start() {
    try {
      return begin();
    } catch (RuntimeException e) {
      publisher.abandon();
      throw e;
    }
  }

  private Future<?> begin() {
    RunData examples = data.get();
    Optional<Path> checkpoint = checkpoint();
    EventSink sink = new DurableSink(this::emit, publisher::commit);
    TrainingLoop training =
        checkpoint.isPresent()
            ? TrainingLoop.resume(spec, examples, sink, checkpoint.get(), this::probes)
            : TrainingLoop.start(spec, examples, sink, this::probes);
    loop = training;
    kept.begin(training, checkpoint.isPresent());
    heartbeat = vertx.setPeriodic(options.heartbeat().toMillis(), timer -> report(training));
    return publisher
        .start(vertx)
        .compose(
            started ->
                this.<JsonObject>listen(
                    EventAddresses.commands(spec.run()), command -> hear(training, command)))
        .compose(hearing -> listen(EventAddresses.onset(spec.run()), alarms(training)))
        .compose(
            hearing ->
                this.<Object>listen(
                    EventAddresses.pixels(spec.run()), request -> show(examples, request)))
        .onSuccess(ready -> context.runOnContext(go -> turn(training)));
  }

  private <T> Future<Void> listen(String address, Handler<Message<T>> handler) {
    MessageConsumer<T> consumer = vertx.eventBus().consumer(address, handler);
    consumers.add(consumer);
    return consumer.completion();
  }

  @Override
  public Future<?> stop() {
    if (loop == null) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(heartbeat);
    Future<?> silent = Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
    if (end == null && options.goesOn()) {
      saveLast(loop);
    }
    finish(loop, Outcome.STOPPED, "the trainer was shut down");
    return silent.eventually(finished::future).eventually(this::lastTask);
  }

  private void saveLast(TrainingLoop training) {
    try {
      training.saveCheckpoint(checkpoints.at(training.step()));
    } catch (RuntimeException e) {
      LOG.error("Run {} ends without a checkpoint of its last step", spec.run(), e);
    }
  }

  /**
   * Comes after all that still waits for the run's thread, a turn at least. When the verticle has
   * stopped Vert.x closes the thread's pool, which then refuses what waits.
   */
  private Future<Void> lastTask() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(last -> done.complete());
    return done.future();
  }

  private Optional<Path> checkpoint() {
    return switch (options.start()) {
      case AFRESH -> Optional.empty();
      case LATEST -> checkpoints.latest();
      case BEFORE_ONSET -> {
        Path file = checkpoints.beforeOnset();
        if (!Files.exists(file)) {
          throw new InvalidSettingException(
              "",
              "--from before-onset: run %s has no checkpoint from before an onset, %s does not exist"
                  .formatted(spec.run(), file));
        }
        yield Optional.of(file);
      }
    };
  }

  private Probes probes(LoopListeners.Context context) {
    Probes made =
        options.patient() ? Probes.synchronous(context) : Probes.of(context, new BusScorer(vertx));
    probes = made;
    return made;
  }

  private void emit(int epoch, long step, TrainingEvent event) {
    publisher.emit(epoch, step, event);
    observer.emit(epoch, step, event);
  }

  private void tellKept(CheckpointsKept checkpoints) {
    TrainingLoop training = Objects.requireNonNull(loop);
    emit(training.epoch(), training.step(), checkpoints);
  }

  private void report(TrainingLoop training) {
    if (end != null) {
      return;
    }
    if (probes != null) {
      probes.collect();
    }
    publisher.report(training.epoch(), training.step(), paused ? State.PAUSED : State.RUNNING);
    if (probes != null && !probes.isEmpty()) {
      emit(training.epoch(), training.step(), probes.report());
    }
  }

  private void turn(TrainingLoop training) {
    if (paused || end != null) {
      return;
    }
    try {
      int epoch = training.epoch();
      if (!training.advance()) {
        finish(training, Outcome.COMPLETED, "");
        kept.discard();
        return;
      }
      int every = spec.checkpoints().everyEpochs();
      if (every > 0 && training.epoch() > epoch && training.epoch() % every == 0) {
        training.saveCheckpoint(checkpoints.at(training.step()));
      }
      kept.atBoundary(training);
      context.runOnContext(next -> turn(training));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("Run {} failed at step {}", spec.run(), training.step(), e);
      finish(training, Outcome.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void hear(TrainingLoop training, Message<JsonObject> message) {
    CommandMessage heard;
    try {
      heard = CommandMessage.fromJson(message.body());
    } catch (IllegalArgumentException e) {
      message.fail(400, e.getMessage());
      return;
    }
    RunCommand command = heard.command();
    String objection = guard.objection(heard);
    if (objection != null) {
      LOG.warn("Run {} was told to {}: {}", spec.run(), command, objection);
      message.fail(409, objection);
      return;
    }
    if (end != null) {
      message.fail(409, "run %s has ended".formatted(spec.run()));
      return;
    }
    try {
      obey(training, command);
      message.reply(state());
    } catch (RuntimeException e) {
      LOG.error("Run {} could not carry out {}", spec.run(), command, e);
      message.fail(500, String.valueOf(e.getMessage()));
    }
  }

  private void show(RunData examples, Message<Object> request) {
    if (!(request.body() instanceof Integer id)) {
      request.fail(400, "%s is not the id of an example".formatted(request.body()));
      return;
    }
    examples
        .pixels(id)
        .ifPresentOrElse(
            pixels -> request.reply(Buffer.buffer(pixels)),
            () -> request.fail(404, "run %s has no example %d".formatted(spec.run(), id)));
  }

  private void obey(TrainingLoop training, RunCommand command) {
    switch (command) {
      case PAUSE -> {
        paused = true;
        report(training);
      }
      case RESUME -> {
        if (paused) {
          paused = false;
          report(training);
          turn(training);
        }
      }
      case CHECKPOINT -> training.saveCheckpoint(checkpoints.at(training.step()));
      case STOP -> stop(training, "stopped on request");
    }
  }

  private void stop(TrainingLoop training, String why) {
    training.saveCheckpoint(checkpoints.at(training.step()));
    finish(training, Outcome.STOPPED, why);
  }

  private OnsetHandler alarms(TrainingLoop training) {
    OnsetHandler.Run run =
        new OnsetHandler.Run() {
          @Override
          public long step() {
            return training.step();
          }

          @Override
          public boolean hasEnded() {
            return end != null;
          }

          @Override
          public void checkpoint() {
            obey(training, RunCommand.CHECKPOINT);
          }

          @Override
          public void pause() {
            obey(training, RunCommand.PAUSE);
          }

          @Override
          public void stop(String why) {
            TrainerVerticle.this.stop(training, why);
          }
        };
    return new OnsetHandler(spec.run(), publisher.incarnation(), spec.onset(), kept, run);
  }

  private String state() {
    if (end != null) {
      return end.outcome().name();
    }
    return paused ? State.PAUSED.name() : State.RUNNING.name();
  }

  private void finish(TrainingLoop training, Outcome outcome, String detail) {
    if (end != null) {
      return;
    }
    if (probes != null) {
      probes.close();
    }
    report(training);
    RunFinished last = new RunFinished(outcome, detail);
    end = last;
    emit(training.epoch(), training.step(), last);
    training.close();
    publisher
        .stop(options.flush(outcome))
        .onSuccess(
            undelivered -> {
              if (undelivered > 0) {
                LOG.warn(
                    options.spooling() == null
                        ? "Run {}: {} events were not delivered"
                        : "Run {}: {} batches of events wait in the spool for its next start",
                    spec.run(),
                    undelivered);
              }
              finished.complete(last);
            });
  }
}
