package io.engram.events.wire;

import io.engram.events.Shard;
import io.vertx.core.json.JsonObject;

/**
 * A collector is there and would take a run.
 *
 * @param knowsRun whether it holds events of the run
 */
public record ShardOffer(Shard shard, boolean knowsRun) {
  /** As it travels: {@code {"shard": "default", "knowsRun": false}}. */
  public JsonObject toJson() {
    return new JsonObject().put("shard", shard.name()).put("knowsRun", knowsRun);
  }

  /**
   * @throws IllegalArgumentException if it is no offer
   */
  public static ShardOffer fromJson(JsonObject json) {
    if (json.getValue("shard") instanceof String shard
        && json.getValue("knowsRun") instanceof Boolean knowsRun) {
      return new ShardOffer(new Shard(shard), knowsRun);
    }
    throw new IllegalArgumentException("an offer of a shard names shard and knowsRun");
  }
}
