package io.engram.collector.http;

import io.engram.events.RunId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Asks a run for one of its examples as a picture. */
@FunctionalInterface
public interface PixelSource {
  /**
   * Unsigned bytes in the order height × width × channels.
   *
   * @return fails with a {@link io.vertx.core.eventbus.ReplyException} if the run does not answer
   */
  Future<Buffer> pixels(RunId run, int example);
}
