package io.engram.collector;

import io.engram.collector.aggregate.Runs;
import io.engram.events.Shard;
import io.engram.events.wire.ShardOffer;
import io.engram.events.wire.ShardQuestion;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells trainers that this collector is there. Belongs to the context that owns the runs. */
final class ShardAnswers implements Handler<Message<Object>> {
  private static final Logger LOG = LoggerFactory.getLogger(ShardAnswers.class);

  private final Vertx vertx;
  private final Shard shard;
  private final Runs runs;

  ShardAnswers(Vertx vertx, Shard shard, Runs runs) {
    this.vertx = vertx;
    this.shard = shard;
    this.runs = runs;
  }

  @Override
  public void handle(Message<Object> message) {
    try {
      if (!(message.body() instanceof JsonObject json)) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      ShardQuestion asked = ShardQuestion.fromJson(json);
      boolean known = runs.find(asked.run()) != null;
      vertx.eventBus().send(asked.answerTo(), new ShardOffer(shard, known).toJson());
    } catch (IllegalArgumentException e) {
      LOG.warn("A question for shards makes no sense: {}", e.getMessage());
    }
  }
}
