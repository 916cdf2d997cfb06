package io.engram.trainer.publish;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;

/** Carries a run's events to the collector, on an event loop. */
interface Forwarder extends Deployable {
  /** Sequence up to which the collector has everything of this incarnation, or -1. */
  long acknowledged();

  /**
   * Carries on for at most the given time, then ends; never fails.
   *
   * @return what was not delivered: events, or batches of them where a spool keeps them
   */
  Future<Integer> drain(Duration limit);
}
