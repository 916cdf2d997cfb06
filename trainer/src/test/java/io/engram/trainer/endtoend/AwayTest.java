package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.endtoend.LightTrainer.Pace;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector that is dead for ten minutes while its trainer goes on: what waits is on the disk,
 * not in memory, and the next collector gets all of it. {@code -Dengram.awaySeconds=N} for how
 * long. Only with {@code -Pchaos}.
 */
@Tag("chaos")
@Timeout(7_200)
class AwayTest {
  private static final int SECONDS = Integer.getInteger("engram.awaySeconds", 600);
  private static final int SAMPLES = 10;

  /** About as long as the collector is away. */
  private static final Pace PACE = new Pace(100 + 20 * SECONDS, 40, 100);

  @TempDir Path folder;

  @Test
  void whatADeadCollectorMissesWaitsOnTheDisk() throws Exception {
    try (Apart apart =
        new Apart(folder, (run, cluster) -> LightTrainer.command(folder, run, PACE, cluster))) {
      apart.beginCollector();
      apart.beginTrainer("away");
      apart.await("away", 100);
      apart.collector().kill();
      List<Held> held = new ArrayList<>();
      List<Long> spool = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS) / SAMPLES);
        held.add(Held.by(apart.trainer()));
        spool.add(apart.spoolBytes("away"));
        System.out.printf("Away: trainer %s, spool %d KB%n", held.get(i), spool.get(i) >> 10);
      }
      apart.beginCollector();
      JsonObject shown = apart.awaitEnd("away");

      assertThat(spool.get(SAMPLES / 2)).isGreaterThan(2 * spool.get(0));
      assertThat(held.get(SAMPLES - 1).megabytes())
          .isLessThan(1.3 * held.get(SAMPLES / 3).megabytes() + 32);
      assertThat(held.get(SAMPLES - 1).files()).isLessThan(held.get(0).files() + 64);
      JsonObject progress = shown.getJsonObject("progress");
      assertThat(progress.getLong("steps")).isEqualTo(PACE.steps());
      assertThat(progress.getLong("stepsRedone")).isZero();
      assertThat(shown.getJsonObject("delivery").getLong("missed")).isZero();
      assertThat(shown.getJsonObject("delivery").getLong("unexplained")).isZero();
      apart.trainer().awaitExit();
      apart.trainer().requireSuccess();
    }
  }
}
