package io.engram.trainer;

import io.engram.events.EventBatch;
import io.engram.events.Shard;
import io.engram.events.access.Access;
import io.engram.events.cluster.Cluster;
import io.engram.events.cluster.ClusterOptions;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.trainer.publish.Shards;
import io.engram.trainer.publish.SpoolOptions;
import io.engram.trainer.spec.InvalidSettingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A JVM that trains, and speaks to the collector of a cluster, now or when there is one. It serves
 * {@code /livez}, and {@code /readyz}, which asks the runs' collectors over the bus.
 */
final class ClusteredSystem extends TrainingSystem {
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(2_000);

  private static final int QUESTIONS = 30;

  private final Vertx vertx;
  private final String health;
  private final Shards shards;

  private ClusteredSystem(Vertx vertx, String health, Shards shards) {
    super(vertx);
    this.vertx = vertx;
    this.health = health;
    this.shards = shards;
  }

  /**
   * Joins the cluster, or begins it.
   *
   * @param port of {@code /livez} and {@code /readyz}, 0 for a free one
   * @throws InvalidSettingException if a port cannot be listened on, or the cluster's options are
   *     none
   */
  static ClusteredSystem start(String host, int port, Access access, ClusterOptions cluster) {
    Vertx vertx;
    try {
      vertx = Cluster.join(new VertxOptions(), cluster).await();
    } catch (RuntimeException e) {
      throw new InvalidSettingException("", "no cluster: " + e.getMessage());
    }
    EventBatchCodec.register(vertx.eventBus());
    Shards shards = new Shards();
    HttpServer server =
        vertx
            .createHttpServer(access.serverOptions())
            .requestHandler(request -> answer(vertx, shards, request));
    try {
      server.listen(port, host).await();
    } catch (RuntimeException e) {
      vertx.close().await();
      throw new InvalidSettingException(
          "", "cannot listen on %s port %d: %s".formatted(host, port, e.getMessage()));
    }
    return new ClusteredSystem(
        vertx, "%s://%s:%d/".formatted(access.scheme(), host, server.actualPort()), shards);
  }

  private static void answer(Vertx vertx, Shards shards, HttpServerRequest request) {
    switch (request.path()) {
      case "/livez" -> request.response().end("ok\n");
      case "/readyz" ->
          ping(vertx, shards)
              .onSuccess(answer -> request.response().end("ok\n"))
              .onFailure(
                  failure ->
                      request.response().setStatusCode(503).end(failure.getMessage() + "\n"));
      default -> request.response().setStatusCode(404).end("there are /livez and /readyz\n");
    }
  }

  /** Asks the collectors of all runs. */
  private static Future<?> ping(Vertx vertx, Shards shards) {
    Set<Shard> all = shards.found();
    if (all.isEmpty()) {
      return Future.failedFuture("no collector has taken a run");
    }
    return Future.all(all.stream().map(shard -> ping(vertx, shard)).toList());
  }

  private static Future<?> ping(Vertx vertx, Shard shard) {
    return vertx
        .eventBus()
        .request(EventAddresses.events(shard), new EventBatch(List.of(), 0), SOON)
        .recover(
            failure -> Future.failedFuture("no collector of shard '%s' answers".formatted(shard)));
  }

  /**
   * Waits for the collector of the default shard, half a minute or more.
   *
   * @throws InvalidSettingException if there is none
   */
  void requireCollector() {
    for (int i = 0; i < QUESTIONS; i++) {
      try {
        ping(vertx, Shard.DEFAULT).await();
        return;
      } catch (RuntimeException e) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    }
    throw new InvalidSettingException("", "the cluster has no collector");
  }

  @Override
  String whereabouts() {
    return "Training for the collector of the cluster, whose page shows it; %sreadyz tells whether"
            .formatted(health)
        + " it answers";
  }

  @Override
  String afterwards() {
    return "The runs' examples can be shown on the page until Ctrl-C";
  }

  @Override
  TrainerOptions.Spooling spooling() {
    return new TrainerOptions.Spooling(SpoolOptions.DEFAULT_QUOTA_BYTES, shards);
  }
}
