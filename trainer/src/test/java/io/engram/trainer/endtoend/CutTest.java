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
 * The network between trainer and collector is cut, for longer than each waits for the other's
 * heartbeat, so that each takes the other for dead, and mended. {@code -Dengram.cutSeconds=N} for
 * how long. Only with {@code -Pchaos}, for it waits for a minute, and as root.
 */
@Tag("chaos")
@Timeout(900)
class CutTest {
  private static final long CUT_SECONDS = Long.getLong("engram.cutSeconds", 40);

  @TempDir Path folder;

  @Test
  void aRunWhoseNetworkWasCutIsOneThatNeverWas() throws Exception {
    try (CutNetwork network = new CutNetwork();
        Apart apart =
            new Apart(
                folder,
                (run, cluster) ->
                    LightTrainer.command(folder, run, LightTrainer.Pace.SHORT, cluster),
                1,
                network.whereabouts())) {
      apart.beginCollector();
      apart.beginTrainer("calm");
      Map<String, String> calm = end(apart, "calm");

      apart.beginTrainer("cut");
      apart.await("cut", 50);
      network.cut();
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(CUT_SECONDS));
      assertThat(Apart.isOver(apart.site().run("cut"))).as("it is cut").isFalse();
      assertThat(apart.trainer().isAlive()).isTrue();
      network.mend();

      assertThat(History.differences(calm, end(apart, "cut"))).isEmpty();
    }
  }

  private static Map<String, String> end(Apart apart, String run) throws Exception {
    JsonObject delivery = apart.awaitEnd(run).getJsonObject("delivery");
    assertThat(delivery.getLong("missed")).isZero();
    assertThat(delivery.getLong("unexplained")).isZero();
    apart.trainer().awaitExit();
    apart.trainer().requireSuccess();
    return History.of(apart.site(), run);
  }
}
