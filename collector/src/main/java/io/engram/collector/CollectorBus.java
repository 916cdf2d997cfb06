package io.engram.collector;

import io.engram.events.EventBatch;
import io.engram.events.Shard;
import io.engram.events.cluster.BusOptions;
import io.engram.events.cluster.Cluster;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;

/** The bus on which a collector hears its trainers. */
final class CollectorBus {
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(2_000);

  /**
   * The first question to another member waits for a connection, and where there is TLS for more.
   */
  private static final int QUESTIONS = 4;

  private CollectorBus() {}

  /**
   * @param insecure whether it may be heard beyond this machine without certificates
   * @throws IllegalArgumentException if the options are none
   * @throws IllegalStateException if the cluster has a collector of this shard
   */
  static Vertx start(VertxOptions options, BusOptions bus, boolean insecure, Shard shard) {
    bus.refuseIdleOptions();
    if (!bus.clustered()) {
      return Vertx.vertx(options);
    }
    Vertx vertx = Cluster.join(options, bus.cluster(insecure)).await();
    if (collects(vertx, shard, QUESTIONS).await()) {
      vertx.close().await();
      throw new IllegalStateException(
          ("the cluster has a collector of shard '%s': end it, or give this one a --shard, or a"
                  + " cluster, of its own")
              .formatted(shard));
    }
    return vertx;
  }

  private static Future<Boolean> collects(Vertx vertx, Shard shard, int questions) {
    EventBatchCodec.register(vertx.eventBus());
    return vertx
        .eventBus()
        .request(EventAddresses.events(shard), new EventBatch(List.of(), 0), SOON)
        .map(true)
        .recover(
            failure ->
                questions > 1 && isSilence(failure)
                    ? collects(vertx, shard, questions - 1)
                    : Future.succeededFuture(false));
  }

  private static boolean isSilence(Throwable failure) {
    return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
  }
}
