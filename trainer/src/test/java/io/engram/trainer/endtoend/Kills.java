package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A collector and, one after the other, trainers of runs that are alike: the first is left alone,
 * of the others both ends are killed in turn, until there were enough kills. What is known of each
 * must then be what is known of the first.
 */
final class Kills implements AutoCloseable {
  private static final int LONGEST_MOMENT_MILLIS = 1_500;

  private final Apart apart;
  private final Random random;
  private int kills;
  private long redone;
  private long duplicates;
  private int runs;

  Kills(Path folder, long seed, Apart.Trainer kind) throws IOException {
    this.apart = new Apart(folder, kind);
    this.random = new Random(seed);
  }

  /** Kills, at least so often; ends with the run that is then under way. */
  void kill(int atLeast) throws Exception {
    apart.beginCollector();
    Map<String, String> calm = train(0);
    while (kills < atLeast) {
      assertThat(History.differences(calm, train(atLeast))).isEmpty();
    }
  }

  private Map<String, String> train(int killsInAll) throws Exception {
    String run = "run-" + runs++;
    apart.beginTrainer(run);
    long reached = 0;
    while (kills < killsInAll) {
      if (random.nextInt(4) > 0) {
        reached = apart.await(run, reached + random.nextInt(100)).getLong("step");
      }
      pause(random.nextInt(LONGEST_MOMENT_MILLIS));
      if (Apart.isOver(apart.site().run(run))) {
        break;
      }
      if (kills % 2 == 1) {
        apart.trainer().kill();
        apart.beginTrainer(run);
      } else {
        apart.collector().kill();
        apart.beginCollector();
      }
      kills++;
    }
    JsonObject shown = apart.awaitEnd(run);
    apart.trainer().close();
    JsonObject delivery = shown.getJsonObject("delivery");
    assertThat(delivery.getLong("missed")).as("missed: %s", shown).isZero();
    assertThat(delivery.getLong("unexplained")).as("unexplained: %s", shown).isZero();
    redone += shown.getJsonObject("progress").getLong("stepsRedone");
    duplicates += delivery.getLong("duplicate");
    return History.of(apart.site(), run);
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public String toString() {
    return "%d kills in %d runs: 0 missed, 0 unexplained, %d steps redone, %d events came again"
        .formatted(kills, runs - 1, redone, duplicates);
  }

  @Override
  public void close() throws Exception {
    apart.close();
  }
}
