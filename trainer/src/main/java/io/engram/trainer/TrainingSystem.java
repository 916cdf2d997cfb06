package io.engram.trainer;

import io.engram.trainer.dataset.RunData;
import io.engram.trainer.scoring.SValidationVerticle;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.svalidation.SharingScorer;
import io.engram.trainer.svalidation.SpareCores;
import io.engram.trainer.training.EventSink;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bus with a scorer of s-validation and a worker verticle per run on it. */
abstract class TrainingSystem implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingSystem.class);

  private static final Duration SHUTDOWN = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final List<Future<String>> trainers = new CopyOnWriteArrayList<>();
  private @Nullable Future<?> scorer;
  private volatile boolean closed;

  TrainingSystem(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A line that tells where the runs can be watched. */
  abstract String whereabouts();

  /** A line that tells what goes on when the runs have ended. */
  abstract String afterwards();

  /** How the runs' events outlive this process; null where they do not. */
  abstract TrainerOptions.@Nullable Spooling spooling();

  /**
   * Starts a run.
   *
   * @return fails if its data or network cannot be as asked for
   * @throws InvalidSettingException if its spool cannot be used
   */
  Future<TrainerVerticle> train(
      RunSpec spec, TrainerOptions options, Supplier<RunData> data, EventSink observer) {
    TrainerVerticle trainer = verticle(spec, options, data, observer);
    DeploymentOptions worker =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName("trainer-" + spec.run())
            .setWorkerPoolSize(1)
            .setMaxWorkerExecuteTime(1)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS);
    Future<String> deployment =
        scorer(spec.training().threads()).compose(ready -> vertx.deployVerticle(trainer, worker));
    trainers.add(deployment);
    return deployment.map(trainer);
  }

  private static TrainerVerticle verticle(
      RunSpec spec, TrainerOptions options, Supplier<RunData> data, EventSink observer) {
    try {
      return new TrainerVerticle(spec, options, data, observer);
    } catch (UncheckedIOException e) {
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    }
  }

  /** One for all runs, on the cores that they leave; begins with the first. */
  private synchronized Future<?> scorer(int trainingThreads) {
    if (scorer == null) {
      SpareCores cores = SpareCores.ofThisProcess(trainingThreads);
      scorer = vertx.deployVerticle(new SValidationVerticle(new SharingScorer(cores)));
    }
    return scorer;
  }

  /** Whether it is closing or closed. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Ends what still trains, lets the collector take the last events, and closes everything. The
   * collector ends last: Vert.x itself would end them all at once.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      Future.join(trainers.stream().map(trainer -> trainer.compose(vertx::undeploy)).toList())
          .transform(ended -> vertx.close())
          .toCompletionStage()
          .toCompletableFuture()
          .get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("Not everything closed within {} s", SHUTDOWN.toSeconds());
    } catch (ExecutionException e) {
      LOG.warn("Closing failed", e.getCause());
    }
  }
}
