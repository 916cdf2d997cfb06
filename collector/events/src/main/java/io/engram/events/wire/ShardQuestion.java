package io.engram.events.wire;

import io.engram.events.RunId;
import io.vertx.core.json.JsonObject;

/**
 * Asks the collectors which of them could take a run.
 *
 * @param run what is to be taken
 * @param answerTo address to which the {@link ShardOffer}s are sent
 */
public record ShardQuestion(RunId run, String answerTo) {
  /** As it travels: {@code {"run": "mnist", "answerTo": "engram.shards.…"}}. */
  public JsonObject toJson() {
    return new JsonObject().put("run", run.value()).put("answerTo", answerTo);
  }

  /**
   * @throws IllegalArgumentException if it is no question
   */
  public static ShardQuestion fromJson(JsonObject json) {
    if (json.getValue("run") instanceof String run
        && json.getValue("answerTo") instanceof String answerTo) {
      return new ShardQuestion(new RunId(run), answerTo);
    }
    throw new IllegalArgumentException("a question for shards names run and answerTo, both texts");
  }
}
