package io.engram.trainer.benchmark;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** A whole collector on a free port of the loopback. */
final class LiveCollector {
  private LiveCollector() {}

  /** Starts one on this bus and returns its port. */
  static int deploy(Vertx vertx) {
    vertx
        .deployVerticle(
            "io.engram.collector.CollectorVerticle",
            new DeploymentOptions().setConfig(new JsonObject().put("port", 0)))
        .await();
    return Objects.requireNonNull(
        vertx.sharedData().<String, Integer>getLocalMap("engram.collector").get("port"));
  }
}
