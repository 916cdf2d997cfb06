package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int LONGEST_MOMENT_MILLIS = 1_500;

  /** Says how a trainer is started. */
  interface Trainer {
    /**
     * @param run its name
     * @param cluster arguments that let it join the cluster
     * @return a class and its arguments
     */
    List<String> start(String run, List<String> cluster) throws IOException;
  }

  private final Path folder;
  private final Trainer kind;
  private final Random random;
  private final int collectorPort = Ports.free();
  private final int trainerPort = Ports.free();
  private final int page = Ports.free();
  private final Site site = new Site(page);
  private ChildProcess collector;
  private ChildProcess trainer;
  private int kills;
  private long redone;
  private long duplicates;
  private int runs;

  Kills(Path folder, long seed, Trainer kind) throws IOException {
    this.folder = folder;
    this.kind = kind;
    this.random = new Random(seed);
  }

  /** Kills, at least so often; ends with the run that is then under way. */
  void kill(int atLeast) throws Exception {
    beginCollector();
    Map<String, String> calm = train(0);
    while (kills < atLeast) {
      assertThat(History.differences(calm, train(atLeast))).isEmpty();
    }
  }

  private Map<String, String> train(int killsInAll) throws Exception {
    String run = "run-" + runs++;
    beginTrainer(run);
    long reached = 0;
    while (kills < killsInAll) {
      if (random.nextInt(4) > 0) {
        reached = await(run, reached + random.nextInt(100)).getLong("step");
      }
      pause(random.nextInt(LONGEST_MOMENT_MILLIS));
      if (isOver(site.run(run))) {
        break;
      }
      if (random.nextBoolean()) {
        killTrainer(run);
      } else {
        collector.kill();
        beginCollector();
      }
      kills++;
    }
    JsonObject shown = await(run, Long.MAX_VALUE - 1);
    trainer.close();
    JsonObject delivery = shown.getJsonObject("delivery");
    assertThat(delivery.getLong("missed")).as("missed: %s", shown).isZero();
    assertThat(delivery.getLong("unexplained")).as("unexplained: %s", shown).isZero();
    redone += shown.getJsonObject("progress").getLong("stepsRedone");
    duplicates += delivery.getLong("duplicate");
    return History.of(site, run);
  }

  private void killTrainer(String run) throws Exception {
    trainer.kill();
    beginTrainer(run);
  }

  private void beginTrainer(String run) throws Exception {
    List<String> command = kind.start(run, cluster(trainerPort));
    trainer = ChildProcess.startJava(folder("trainer").resolve("engram.log"), command);
  }

  private void beginCollector() throws Exception {
    List<String> command = new ArrayList<>(List.of("io.engram.collector.Main"));
    command.addAll(cluster(collectorPort));
    command.addAll(
        List.of(
            "--port",
            Integer.toString(page),
            "--state-dir",
            folder("collector").resolve("state").toString()));
    collector = ChildProcess.startJava(folder("collector").resolve("engram.log"), command);
    Poll.until(LIMIT, () -> isUp(), up -> up);
  }

  private boolean isUp() throws Exception {
    collector.requireAlive();
    try {
      return site.get("/livez").startsWith("ok");
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> cluster(int port) {
    return List.of(
        "--bus",
        "clustered",
        "--cluster-hosts",
        "127.0.0.1:%d,127.0.0.1:%d".formatted(collectorPort, trainerPort),
        "--cluster-port",
        Integer.toString(port));
  }

  /** The run once it is beyond a step, or over. */
  private JsonObject await(String run, long step) throws Exception {
    try {
      return Poll.until(
          LIMIT, () -> shown(run), shown -> shown.getLong("step", -1L) > step || isOver(shown));
    } catch (AssertionError e) {
      throw new AssertionError(
          "the trainer says:%n%s%nand the collector:%n%s"
              .formatted(trainer.output(), collector.output()),
          e);
    }
  }

  private JsonObject shown(String run) throws Exception {
    collector.requireAlive();
    return site.run(run);
  }

  private static boolean isOver(JsonObject shown) {
    return "completed".equals(shown.getString("state"));
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Override
  public String toString() {
    return "%d kills in %d runs: 0 missed, 0 unexplained, %d steps redone, %d events came again"
        .formatted(kills, runs - 1, redone, duplicates);
  }

  @Override
  public void close() throws Exception {
    if (trainer != null) {
      trainer.kill();
    }
    if (collector != null) {
      collector.kill();
    }
  }
}
