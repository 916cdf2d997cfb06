package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.endtoend.LightTrainer.Pace;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory and open files over a long time, of a collector and one of three trainers that say up to
 * 100 steps a second each, ten times what many a run does, while the page and the metrics are asked
 * for. A heap of 256 MB is taken at the start, so that resident memory grows by what lies outside
 * it alone; what is alive in the collector's heap is told, too, and stays what it is once all
 * curves are full, after 28 minutes. {@code -Dengram.soakMinutes=N} for other than 60. Only with
 * {@code -Pchaos}.
 */
@Tag("chaos")
@Timeout(14_400)
class SoakTest {
  private static final int MINUTES = Integer.getInteger("engram.soakMinutes", 60);
  private static final int TRAINERS = 3;
  private static final int SAMPLES = 30;
  private static final Pace PACE = new Pace(MINUTES * 60 * 100, 10, 500);

  @TempDir Path folder;

  @Test
  void memoryAndOpenFilesStayWhatTheyAre() throws Exception {
    List<Held> collector = new ArrayList<>();
    List<Held> trainer = new ArrayList<>();
    List<Double> live = new ArrayList<>();
    try (Apart apart =
        new Apart(
            folder,
            (run, cluster) -> LightTrainer.command(folder, run, PACE, cluster),
            TRAINERS,
            Apart.Whereabouts.ONE_MACHINE,
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"))) {
      apart.beginCollector();
      for (int place = 0; place < TRAINERS; place++) {
        apart.beginTrainer(place, "soak-" + place);
        apart.await("soak-" + place, 100);
      }
      Duration pause = Duration.ofMinutes(MINUTES).dividedBy(SAMPLES);
      for (int i = 1; i <= SAMPLES; i++) {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
          apart.site().get("/metrics");
          apart.site().get("/api/v1/runs/soak-0/series?name=step_loss&points=1000");
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        collector.add(Held.by(apart.collector()));
        trainer.add(Held.by(apart.trainer()));
        System.out.printf(
            "Soaked %.1f min: collector %s, trainer %s%n",
            (double) i * MINUTES / SAMPLES, collector.get(i - 1), trainer.get(i - 1));
        if (i % (SAMPLES / 3) == 0) {
          live.add(Held.live(apart.collector()));
          System.out.printf("Soaked: %.1f MB live in the collector%n", live.get(live.size() - 1));
        }
      }
      for (int place = 0; place < TRAINERS; place++) {
        JsonObject shown = apart.site().run("soak-" + place);
        System.out.printf("Soaked: %s has %d steps%n", "soak-" + place, shown.getLong("step"));
        assertThat(shown.getJsonObject("delivery").getLong("missed")).isZero();
        assertThat(shown.getJsonObject("delivery").getLong("unexplained")).isZero();
      }
    }
    assertFlat("collector", collector);
    assertFlat("trainer", trainer);
    if (MINUTES >= 60) {
      assertThat(live.get(2)).as("live in the collector").isLessThan(1.05 * live.get(1) + 4);
    }
  }

  /** The last third against the one before; the first warms up. */
  private static void assertFlat(String who, List<Held> held) {
    Held middle = Held.median(held.subList(SAMPLES / 3, 2 * SAMPLES / 3));
    Held last = Held.median(held.subList(2 * SAMPLES / 3, SAMPLES));
    assertThat(last.megabytes()).as(who).isLessThan(1.15 * middle.megabytes() + 16);
    assertThat(last.files()).as(who).isLessThan(middle.files() + 16);
  }
}
