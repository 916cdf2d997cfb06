package io.engram.trainer;

import io.engram.events.access.Access;
import io.engram.events.cluster.Cluster;
import io.engram.events.cluster.ClusterOptions;
import io.engram.trainer.spec.InvalidSettingException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One JVM with everything in it, the collector as well. */
final class EmbeddedSystem extends TrainingSystem {
  /** By name, because the trainer does not compile against the collector. */
  private static final String COLLECTOR = "io.engram.collector.CollectorVerticle";

  private final String address;

  private EmbeddedSystem(Vertx vertx, String scheme, String host) {
    super(vertx);
    Integer port = vertx.sharedData().<String, Integer>getLocalMap("engram.collector").get("port");
    this.address =
        "%s://%s:%d/".formatted(scheme, host, Objects.requireNonNull(port, "the collector's port"));
  }

  /**
   * Starts the bus and the collector.
   *
   * @param port 0 for a free one
   * @throws InvalidSettingException if the collector cannot listen there
   */
  static EmbeddedSystem start(String host, int port, Access access, Path stateDir) {
    return collect(Vertx.vertx(measured()), host, port, access, stateDir, false);
  }

  /**
   * Likewise, on a bus that other processes train on, with a journal, as their spools need it.
   *
   * @throws InvalidSettingException if the collector or the cluster cannot listen where they are to
   */
  static EmbeddedSystem startForOthers(
      String host, int port, Access access, Path stateDir, ClusterOptions cluster) {
    Vertx vertx;
    try {
      vertx = Cluster.join(measured(), cluster).await();
    } catch (RuntimeException e) {
      throw new InvalidSettingException("", "no cluster: " + e.getMessage());
    }
    return collect(vertx, host, port, access, stateDir, true);
  }

  private static VertxOptions measured() {
    // In words, because the trainer does not compile against Micrometer: Vert.x finds its factory,
    // and the collector the Prometheus registry that this asks for.
    JsonObject prometheus = new JsonObject().put("enabled", true);
    JsonObject metrics = new JsonObject().put("enabled", true).put("prometheusOptions", prometheus);
    return new VertxOptions().setMetricsOptions(new MetricsOptions(metrics));
  }

  private static EmbeddedSystem collect(
      Vertx vertx, String host, int port, Access access, Path stateDir, boolean journal) {
    JsonObject config =
        new JsonObject()
            .put("host", host)
            .put("port", port)
            .put("access", access.toJson())
            .put("stateDir", stateDir.resolve("collector").toString())
            .put("journal", journal);
    try {
      vertx.deployVerticle(COLLECTOR, new DeploymentOptions().setConfig(config)).await();
    } catch (IllegalStateException e) {
      vertx.close().await();
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      vertx.close().await();
      throw e;
    }
    return new EmbeddedSystem(vertx, access.scheme(), host);
  }

  @Override
  String whereabouts() {
    return "Engram is at " + address;
  }

  @Override
  String afterwards() {
    return "Serving on at %s until Ctrl-C".formatted(address);
  }

  /** None: within one process a spool has not been shown to cost nothing. */
  @Override
  TrainerOptions.@Nullable Spooling spooling() {
    return null;
  }
}
