package io.engram.collector.http;

import io.engram.events.RunCommand;
import io.engram.events.RunId;
import io.vertx.core.Future;

/** Tells runs what to do. */
@FunctionalInterface
public interface CommandLink {
  /**
   * Asks a run to carry out a command.
   *
   * @return the name of the run's state once it has; fails with the {@code ReplyException} of the
   *     request
   */
  Future<String> command(RunId run, RunCommand command);
}
