package io.engram.collector;

import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetDetected;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.OnsetJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** Tells runs of their alarms over the bus. */
final class OnsetSender implements Function<OnsetDetected, Future<OnsetAnswered>> {
  private final Vertx vertx;

  OnsetSender(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<OnsetAnswered> apply(OnsetDetected alarm) {
    return vertx
        .eventBus()
        .<JsonObject>request(EventAddresses.onset(alarm.run()), OnsetJson.of(alarm))
        .map(answer -> OnsetJson.answered(answer.body()));
  }
}
