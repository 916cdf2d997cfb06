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
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JVM with everything in it: an event bus, a collector, a scorer of s-validation, and a worker
 * verticle per run.
 */
final class EmbeddedSystem implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSystem.class);

  /** By name, because the trainer does not compile against the collector. */
  private static final String COLLECTOR = "io.engram.collector.CollectorVerticle";

  private static final Duration SHUTDOWN = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final List<Future<String>> trainers = new CopyOnWriteArrayList<>();
  private @Nullable Future<?> scorer;
  private volatile boolean closed;

  private EmbeddedSystem(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts the bus and the collector.
   *
   * @param port 0 for a free one
   * @throws InvalidSettingException if the collector cannot listen there
   */
  static EmbeddedSystem start(String host, int port, Path stateDir) {
    // In words, because the trainer does not compile against Micrometer: Vert.x finds its factory,
    // and the collector the Prometheus registry that this asks for.
    JsonObject prometheus = new JsonObject().put("enabled", true);
    JsonObject metrics = new JsonObject().put("enabled", true).put("prometheusOptions", prometheus);
    Vertx vertx = Vertx.vertx(new VertxOptions().setMetricsOptions(new MetricsOptions(metrics)));
    JsonObject config =
        new JsonObject()
            .put("host", host)
            .put("port", port)
            .put("stateDir", stateDir.resolve("collector").toString());
    try {
      vertx.deployVerticle(COLLECTOR, new DeploymentOptions().setConfig(config)).await();
    } catch (IllegalStateException e) {
      vertx.close().await();
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      vertx.close().await();
      throw e;
    }
    return new EmbeddedSystem(vertx);
  }

  /** The port on which the collector listens. */
  int port() {
    Integer port = vertx.sharedData().<String, Integer>getLocalMap("engram.collector").get("port");
    return Objects.requireNonNull(port, "the collector's port");
  }

  /**
   * Starts a run.
   *
   * @return fails if its data or network cannot be as asked for
   */
  Future<TrainerVerticle> train(
      RunSpec spec, TrainerOptions options, Supplier<RunData> data, EventSink observer) {
    TrainerVerticle trainer = new TrainerVerticle(spec, options, data, observer);
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
