package io.engram.events.wire;

import io.engram.events.RunId;
import io.engram.events.Shard;

/** Addresses on the Vert.x event bus. */
public final class EventAddresses {
  /** Where the only collector of a bus takes events, as {@link #events} says. */
  public static final String EVENTS = events(Shard.DEFAULT);

  /**
   * Where collectors are asked, by {@code publish} of a {@link ShardQuestion}, which of them are
   * there. Each answers with a {@link ShardOffer} to where the question says.
   */
  public static final String SHARDS = "engram.shards";

  /**
   * Where a scorer of s-validation is asked, by request, to take a task. What travels there and
   * back is the trainer's own matter: see {@code io.engram.trainer.scoring}.
   */
  public static final String SVALIDATION = "engram.svalidation";

  private EventAddresses() {}

  /**
   * Where the collector of a shard takes events by request: an {@link EventParcel}, or an {@link
   * io.engram.events.EventBatch} of a trainer that keeps none. It answers with a {@code Long}, the
   * sequence up to which it has the run's incarnation for good, once all of that is applied; to an
   * empty batch, which asks whether it is there, with -1. It fails with 400 what is neither, and
   * with 503 what is to be tried again.
   */
  public static String events(Shard shard) {
    return "engram.events." + shard.name();
  }

  /**
   * Where a run takes the name of a {@link io.engram.events.RunCommand} by request. It answers with
   * the name of the run's state once the command is carried out.
   */
  public static String commands(RunId run) {
    return "engram.commands." + run.value();
  }

  /**
   * Where a run takes an {@link io.engram.events.OnsetDetected} by request, as the {@code
   * JsonObject} of {@link OnsetJson}. It answers with an {@link io.engram.events.OnsetAnswered} as
   * such, once it has acted, or fails with 400 where the alarm cannot be read, 409 where it is of
   * another incarnation, 410 where the run has ended, and 500 where it could not act.
   */
  public static String onset(RunId run) {
    return "engram.onset." + run.value();
  }

  /**
   * Where a run takes the id of one of its examples, an {@code Integer}, by request. It answers
   * with a {@code Buffer}: the example as a picture, unsigned bytes in the order height × width ×
   * channels, or fails with 404 where it has no such example.
   */
  public static String pixels(RunId run) {
    return "engram.pixels." + run.value();
  }
}
