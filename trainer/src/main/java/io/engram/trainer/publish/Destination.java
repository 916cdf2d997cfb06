package io.engram.trainer.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Where a run's collector takes events. */
@FunctionalInterface
public interface Destination {
  /**
   * Finds the address on the bus, and keeps looking until there is one. Called once, on a context.
   *
   * @return never fails
   */
  Future<String> find(Vertx vertx);

  /** An address that is known. */
  static Destination at(String address) {
    return vertx -> Future.succeededFuture(address);
  }
}
