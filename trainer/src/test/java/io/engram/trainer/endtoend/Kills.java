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
 * A collector and trainers, one in each place and one after the other, of runs that are alike: the
 * first is left alone, of the others processes are killed, now a trainer and now the collector,
 * each soon after it begins to speak or while it still starts, until there were enough kills. What
 * is known of each run must then be what is known of the first.
 */
final class Kills implements AutoCloseable {
  private static final int ONE_OF_SO_MANY_IS_A_COLLECTOR = 4;
  private static final int ONE_IN_SO_MANY_IS_EARLY = 4;

  private static final int TOLD_EVERY = 50;

  private final Apart apart;
  private final Random random;
  private final int longestMillis;
  private final String[] runs;
  private final long[] spoke;
  private Map<String, String> calm;
  private int begun;
  private int kills;
  private int collectorKills;
  private int ended;
  private long redone;
  private long duplicates;

  /**
   * @param places for trainers
   * @param longestMillis that a process goes on after it began to speak, before it is killed
   */
  Kills(Path folder, long seed, Apart.Trainer kind, int places, int longestMillis)
      throws IOException {
    this.apart = new Apart(folder, kind, places, Apart.Whereabouts.ONE_MACHINE);
    this.random = new Random(seed);
    this.longestMillis = longestMillis;
    this.runs = new String[places];
    this.spoke = new long[places];
  }

  /** Kills so often; ends when the runs that are then under way do. */
  void kill(int times) throws Exception {
    apart.beginCollector();
    begin(0);
    calm = end(0);
    apart.collector().close();
    apart.beginCollector();
    for (int place = 0; place < runs.length; place++) {
      begin(place);
    }
    int told = 0;
    while (kills < times) {
      goOn();
      if (kills >= told + TOLD_EVERY) {
        told = kills;
        System.out.println("So far: " + this);
      }
      if (kills % ONE_OF_SO_MANY_IS_A_COLLECTOR == 1) {
        killCollector();
      } else {
        killTrainer(random.nextInt(runs.length));
      }
    }
    for (int place = 0; place < runs.length; place++) {
      compare(place);
    }
  }

  private void begin(int place) throws Exception {
    runs[place] = "run-" + begun++;
    spoke[place] = -1;
    apart.beginTrainer(place, runs[place]);
  }

  /** Runs that are over are compared, and others begun. */
  private void goOn() throws Exception {
    for (int place = 0; place < runs.length; place++) {
      if (!apart.trainer(place).isAlive()) {
        compare(place);
        begin(place);
      }
    }
  }

  private void killCollector() throws Exception {
    if (random.nextInt(ONE_IN_SO_MANY_IS_EARLY) > 0) {
      Poll.until(Apart.LIMIT, apart::isUp, up -> up);
    }
    pause();
    apart.collector().requireAlive();
    apart.collector().kill();
    apart.startCollector();
    kills++;
    collectorKills++;
  }

  private void killTrainer(int place) throws Exception {
    if (random.nextInt(ONE_IN_SO_MANY_IS_EARLY) > 0) {
      Poll.until(Apart.LIMIT, () -> isSpeaking(place), speaking -> speaking);
    }
    pause();
    if (!apart.trainer(place).isAlive() || Apart.isOver(apart.site().run(runs[place]))) {
      compare(place);
      begin(place);
      return;
    }
    apart.trainer(place).kill();
    spoke[place] = apart.spoolChanged(runs[place]);
    apart.beginTrainer(place, runs[place]);
    kills++;
  }

  private boolean isSpeaking(int place) throws Exception {
    return !apart.trainer(place).isAlive() || apart.spoolChanged(runs[place]) > spoke[place];
  }

  private void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(longestMillis)));
  }

  private void compare(int place) throws Exception {
    assertThat(History.differences(calm, end(place))).as(runs[place]).isEmpty();
    ended++;
  }

  private Map<String, String> end(int place) throws Exception {
    JsonObject shown = apart.awaitEnd(runs[place]);
    apart.trainer(place).awaitExit();
    apart.trainer(place).requireSuccess();
    JsonObject delivery = shown.getJsonObject("delivery");
    assertThat(delivery.getLong("missed")).as("missed: %s", shown).isZero();
    assertThat(delivery.getLong("unexplained")).as("unexplained: %s", shown).isZero();
    redone += shown.getJsonObject("progress").getLong("stepsRedone");
    duplicates += delivery.getLong("duplicate");
    return History.of(apart.site(), runs[place]);
  }

  @Override
  public String toString() {
    return ("%d kills, %d of them of the collector, in %d runs: 0 missed, 0 unexplained,"
            + " %d steps redone, %d events came again")
        .formatted(kills, collectorKills, ended, redone, duplicates);
  }

  @Override
  public void close() throws Exception {
    apart.close();
  }
}
