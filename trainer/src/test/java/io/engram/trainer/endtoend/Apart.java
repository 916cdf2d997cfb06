package io.engram.trainer.endtoend;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A collector and trainers as processes apart, in one cluster, to be hurt. */
final class Apart implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(3);

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
  private final SharedClasses classes;
  private final int collectorPort = Ports.free();
  private final int[] trainerPorts;
  private final int page = Ports.free();
  private final Site site = new Site(page);
  private final ChildProcess[] trainers;
  private ChildProcess collector;

  Apart(Path folder, Trainer kind) throws IOException {
    this(folder, kind, 1);
  }

  /**
   * @param trainers that there may be at once
   */
  Apart(Path folder, Trainer kind, int trainers) throws IOException {
    this.folder = folder;
    this.kind = kind;
    this.classes = new SharedClasses(folder.resolve("classes"));
    this.trainers = new ChildProcess[trainers];
    this.trainerPorts = new int[trainers];
    for (int i = 0; i < trainers; i++) {
      trainerPorts[i] = Ports.free();
    }
  }

  /** The collector's pages. */
  Site site() {
    return site;
  }

  ChildProcess collector() {
    return collector;
  }

  ChildProcess trainer() {
    return trainer(0);
  }

  /** The one that was started last in a place. */
  ChildProcess trainer(int place) {
    return Objects.requireNonNull(trainers[place]);
  }

  /** Starts one; a run that was begun goes on. */
  void beginTrainer(String run) throws Exception {
    beginTrainer(0, run);
  }

  /**
   * Likewise.
   *
   * @param place among the trainers, which is free
   */
  void beginTrainer(int place, String run) throws Exception {
    trainers[place] =
        ChildProcess.startJava(
            folder("trainer").resolve("engram-%d.log".formatted(place)),
            classes.options("trainer"),
            kind.start(run, cluster(trainerPorts[place])));
  }

  /** Starts it, and waits until it answers. */
  void beginCollector() throws Exception {
    startCollector();
    Poll.until(LIMIT, this::isUp, up -> up);
  }

  void startCollector() throws IOException {
    List<String> command = new ArrayList<>(List.of("io.engram.collector.Main"));
    command.addAll(cluster(collectorPort));
    command.addAll(
        List.of(
            "--port",
            Integer.toString(page),
            "--state-dir",
            folder("collector").resolve("state").toString()));
    collector =
        ChildProcess.startJava(
            folder("collector").resolve("engram.log"), classes.options("collector"), command);
  }

  /** Whether the collector serves its pages. */
  boolean isUp() throws Exception {
    collector.requireAlive();
    try {
      return site.get("/livez").startsWith("ok");
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> cluster(int port) {
    String hosts =
        IntStream.concat(IntStream.of(collectorPort), IntStream.of(trainerPorts))
            .mapToObj(each -> "127.0.0.1:" + each)
            .collect(Collectors.joining(","));
    return List.of(
        "--bus", "clustered", "--cluster-hosts", hosts, "--cluster-port", Integer.toString(port));
  }

  /** When a run's spool was written last, as the file system tells; -1 where there is none. */
  long spoolChanged(String run) throws IOException {
    Path spool = folder("trainer").resolve("state/spool").resolve(run).resolve("kept");
    if (!Files.isDirectory(spool)) {
      return -1;
    }
    try (Stream<Path> segments = Files.list(spool)) {
      return segments.mapToLong(segment -> segment.toFile().lastModified()).max().orElse(-1);
    }
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
      throw new AssertionError("%s%n%s".formatted(e.getMessage(), words()), e);
    }
  }

  /** What the processes have written. */
  private String words() throws IOException {
    StringBuilder words = new StringBuilder();
    for (ChildProcess trainer : trainers) {
      if (trainer != null) {
        words.append("a trainer says:\n").append(trainer.output());
      }
    }
    return words.append("the collector says:\n").append(collector.output()).toString();
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
    for (ChildProcess trainer : trainers) {
      if (trainer != null) {
        trainer.kill();
      }
    }
    if (collector != null) {
      collector.kill();
    }
  }
}
