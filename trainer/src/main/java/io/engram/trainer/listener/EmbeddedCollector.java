package io.engram.trainer.listener;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collectors in this process, one for each port that was asked for. Their threads do not keep the
 * program from ending.
 */
final class EmbeddedCollector {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCollector.class);

  /** By name, because the trainer does not compile against the collector. */
  private static final String VERTICLE = "io.engram.collector.CollectorVerticle";

  private static final String HOST = "127.0.0.1";
  private static final Map<Integer, Running> BY_PORT = new HashMap<>();

  /**
   * A collector.
   *
   * @param vertx the bus that it listens on
   * @param page its address
   */
  record Running(Vertx vertx, URI page) {}

  private EmbeddedCollector() {}

  /**
   * The collector on a port, which is started where there is none.
   *
   * @param port 0 for a free one, the same each time
   * @param stateDir counts only where it is started
   * @throws IllegalStateException if it cannot listen there
   */
  static synchronized Running start(int port, @Nullable Path stateDir) {
    Running there = BY_PORT.get(port);
    if (there != null) {
      return there;
    }
    JsonObject prometheus = new JsonObject().put("enabled", true);
    JsonObject metrics = new JsonObject().put("enabled", true).put("prometheusOptions", prometheus);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setUseDaemonThread(true)
                .setMetricsOptions(new MetricsOptions(metrics)));
    JsonObject config = new JsonObject().put("host", HOST).put("port", port);
    if (stateDir != null) {
      config.put("stateDir", stateDir.toString());
    }
    try {
      vertx.deployVerticle(VERTICLE, new DeploymentOptions().setConfig(config)).await();
    } catch (RuntimeException e) {
      vertx.close().await();
      throw e;
    }
    Integer listening =
        vertx.sharedData().<String, Integer>getLocalMap("engram.collector").get("port");
    Running running = new Running(vertx, URI.create("http://%s:%d/".formatted(HOST, listening)));
    LOG.info("Engram is at {}", running.page());
    AtExit.then(() -> close(vertx));
    BY_PORT.put(port, running);
    return running;
  }

  private static void close(Vertx vertx) {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The collector did not close: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
