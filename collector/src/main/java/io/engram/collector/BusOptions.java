package io.engram.collector;

import io.engram.events.EventBatch;
import io.engram.events.cluster.Bus;
import io.engram.events.cluster.Cluster;
import io.engram.events.cluster.ClusterOptions;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** Which trainers a collector hears. */
final class BusOptions {
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(2_000);

  @Option(
      names = "--bus",
      paramLabel = "BUS",
      defaultValue = "embedded",
      description =
          "clustered hears trainers in processes of their own, embedded nobody (default:"
              + " ${DEFAULT-VALUE}).")
  Bus bus;

  @Option(
      names = "--cluster-hosts",
      paramLabel = "HOST:PORT",
      split = ",",
      defaultValue = ClusterOptions.DEFAULT_HOSTS,
      description = "Where other members of the cluster may be (default: ${DEFAULT-VALUE}).")
  List<String> clusterHosts;

  @Option(
      names = "--cluster-address",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Under which the others reach this process (default: ${DEFAULT-VALUE}). What members say"
              + " to each other is not encrypted: keep it in a network that is trusted.")
  String clusterAddress;

  @Option(
      names = "--cluster-port",
      paramLabel = "PORT",
      defaultValue = ClusterOptions.COLLECTOR_PORT,
      description =
          "Where it takes members, or the next port that is free (default: ${DEFAULT-VALUE}).")
  int clusterPort;

  /**
   * @throws IllegalArgumentException if the cluster's options are none
   * @throws IllegalStateException if the cluster has a collector
   */
  Vertx start(VertxOptions options) {
    if (bus == Bus.EMBEDDED) {
      return Vertx.vertx(options);
    }
    Vertx vertx =
        Cluster.join(options, new ClusterOptions(clusterAddress, clusterPort, clusterHosts))
            .await();
    if (collects(vertx).await()) {
      vertx.close().await();
      throw new IllegalStateException(
          "the cluster has a collector: end it, or give this one a cluster of its own");
    }
    return vertx;
  }

  private static Future<Boolean> collects(Vertx vertx) {
    EventBatchCodec.register(vertx.eventBus());
    return vertx
        .eventBus()
        .request(EventAddresses.EVENTS, new EventBatch(List.of(), 0), SOON)
        .transform(answer -> Future.succeededFuture(answer.succeeded()));
  }
}
