package io.engram.trainer.endtoend;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A collector and a trainer as processes apart, in one cluster, to be hurt. */
final class Apart implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(3);

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
  private final int collectorPort = Ports.free();
  private final int trainerPort = Ports.free();
  private final int page = Ports.free();
  private final Site site = new Site(page);
  private ChildProcess collector;
  private ChildProcess trainer;

  Apart(Path folder, Trainer kind) throws IOException {
    this.folder = folder;
    this.kind = kind;
  }

  /** The collector's pages. */
  Site site() {
    return site;
  }

  ChildProcess collector() {
    return collector;
  }

  ChildProcess trainer() {
    return trainer;
  }

  /** Starts one; a run that was begun goes on. */
  void beginTrainer(String run) throws Exception {
    List<String> command = kind.start(run, cluster(trainerPort));
    trainer = ChildProcess.startJava(folder("trainer").resolve("engram.log"), command);
  }

  /** Starts it, and waits until it answers. */
  void beginCollector() throws Exception {
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

  /** The run once it is over. */
  JsonObject awaitEnd(String run) throws Exception {
    return await(run, Long.MAX_VALUE - 1);
  }

  /** The run once it is beyond a step, or over. */
  JsonObject await(String run, long step) throws Exception {
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

  static boolean isOver(JsonObject shown) {
    return "completed".equals(shown.getString("state"));
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
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
