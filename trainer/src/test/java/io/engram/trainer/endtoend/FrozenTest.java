package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One member of the cluster is frozen, for longer than the others wait for its heartbeat, so that
 * the cluster falls apart, and must become one without a restart. {@code -Dengram.frozenSeconds=N}
 * for how long.
 */
@Timeout(900)
class FrozenTest {
  private static final long FROZEN_SECONDS = Long.getLong("engram.frozenSeconds", 25);

  @TempDir Path folder;

  @Test
  void whoeverIsFrozenIsHeardAgainAndNothingIsLostOrDoubled() throws Exception {
    try (Apart apart =
        new Apart(folder, (run, cluster) -> LightTrainer.command(folder, run, cluster))) {
      apart.beginCollector();
      apart.beginTrainer("calm");
      Map<String, String> calm = end(apart, "calm");

      apart.beginTrainer("collector-frozen");
      apart.await("collector-frozen", 100);
      apart.collector().signal("STOP");
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(FROZEN_SECONDS));
      apart.collector().signal("CONT");
      assertThat(History.differences(calm, end(apart, "collector-frozen"))).isEmpty();

      apart.beginTrainer("trainer-frozen");
      apart.await("trainer-frozen", 100);
      apart.trainer().signal("STOP");
      apart.collector().kill();
      apart.beginCollector();
      apart.trainer().signal("CONT");
      assertThat(History.differences(calm, end(apart, "trainer-frozen"))).isEmpty();
    }
  }

  private static Map<String, String> end(Apart apart, String run) throws Exception {
    JsonObject delivery = apart.awaitEnd(run).getJsonObject("delivery");
    assertThat(delivery.getLong("missed")).isZero();
    assertThat(delivery.getLong("unexplained")).isZero();
    apart.trainer().awaitExit();
    return History.of(apart.site(), run);
  }
}
