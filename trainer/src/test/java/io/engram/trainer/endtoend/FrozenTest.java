package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One member of the cluster is frozen, for longer than the others wait for its heartbeat, so that
 * the cluster falls apart, and must become one without a restart. {@code -Dengram.frozenSeconds=N}
 * for how long. Only with {@code -Pchaos}, for it waits for minutes.
 */
@Tag("chaos")
@Timeout(900)
class FrozenTest {
  private static final long FROZEN_SECONDS = Long.getLong("engram.frozenSeconds", 25);

  @TempDir Path folder;

  @Test
  void aCollectorThatWasFrozenHearsItsTrainersAgain() throws Exception {
    try (Apart apart = apart()) {
      Map<String, String> calm = calm(apart);

      apart.beginTrainer("collector-frozen");
      apart.await("collector-frozen", 100);
      apart.collector().signal("STOP");
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(FROZEN_SECONDS));
      apart.collector().signal("CONT");

      assertThat(History.differences(calm, end(apart, "collector-frozen"))).isEmpty();
    }
  }

  @Test
  void aTrainerThatWasFrozenFindsTheCollectorThatWasStartedMeanwhile() throws Exception {
    try (Apart apart = apart()) {
      Map<String, String> calm = calm(apart);

      apart.beginTrainer("trainer-frozen");
      apart.await("trainer-frozen", 100);
      apart.trainer().signal("STOP");
      apart.collector().kill();
      apart.beginCollector();
      apart.trainer().signal("CONT");

      assertThat(History.differences(calm, end(apart, "trainer-frozen"))).isEmpty();
    }
  }

  private Apart apart() throws Exception {
    return new Apart(
        folder,
        (run, cluster) -> LightTrainer.command(folder, run, LightTrainer.Pace.SHORT, cluster));
  }

  private static Map<String, String> calm(Apart apart) throws Exception {
    apart.beginCollector();
    apart.beginTrainer("calm");
    return end(apart, "calm");
  }

  private static Map<String, String> end(Apart apart, String run) throws Exception {
    JsonObject delivery = apart.awaitEnd(run).getJsonObject("delivery");
    assertThat(delivery.getLong("missed")).isZero();
    assertThat(delivery.getLong("unexplained")).isZero();
    apart.trainer().awaitExit();
    return History.of(apart.site(), run);
  }
}
