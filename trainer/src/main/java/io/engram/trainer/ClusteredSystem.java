package io.engram.trainer;

import io.engram.events.EventBatch;
import io.engram.events.cluster.Cluster;
import io.engram.events.cluster.ClusterOptions;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.trainer.publish.SpoolOptions;
import io.engram.trainer.spec.InvalidSettingException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * A JVM that trains, and speaks to the collector of a cluster, now or when there is one. It serves
 * {@code /livez}, and {@code /readyz}, which asks the collector over the bus.
 */
final class ClusteredSystem extends TrainingSystem {
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(2_000);

  private final String health;

  private ClusteredSystem(Vertx vertx, String health) {
    super(vertx);
    this.health = health;
  }

  /**
   * Joins the cluster, or begins it.
   *
   * @param port of {@code /livez} and {@code /readyz}, 0 for a free one
   * @throws InvalidSettingException if a port cannot be listened on, or the cluster's options are
   *     none
   */
  static ClusteredSystem start(String host, int port, ClusterOptions cluster) {
    Vertx vertx;
    try {
      vertx = Cluster.join(new VertxOptions(), cluster).await();
    } catch (RuntimeException e) {
      throw new InvalidSettingException("", "no cluster: " + e.getMessage());
    }
    EventBatchCodec.register(vertx.eventBus());
    HttpServer server = vertx.createHttpServer().requestHandler(request -> answer(vertx, request));
    try {
      server.listen(port, host).await();
    } catch (RuntimeException e) {
      vertx.close().await();
      throw new InvalidSettingException(
          "", "cannot listen on %s port %d: %s".formatted(host, port, e.getMessage()));
    }
    return new ClusteredSystem(vertx, "http://%s:%d/".formatted(host, server.actualPort()));
  }

  private static void answer(Vertx vertx, HttpServerRequest request) {
    switch (request.path()) {
      case "/livez" -> request.response().end("ok\n");
      case "/readyz" ->
          vertx
              .eventBus()
              .request(EventAddresses.EVENTS, new EventBatch(List.of(), 0), SOON)
              .onSuccess(answer -> request.response().end("ok\n"))
              .onFailure(
                  failure -> request.response().setStatusCode(503).end("no collector answers\n"));
      default -> request.response().setStatusCode(404).end("there are /livez and /readyz\n");
    }
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
    return new TrainerOptions.Spooling(SpoolOptions.DEFAULT_QUOTA_BYTES, EventAddresses.EVENTS);
  }
}
