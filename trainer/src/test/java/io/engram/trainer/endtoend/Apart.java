package io.engram.trainer.endtoend;

import io.vertx.core.json.JsonObject;
import java.io.File;
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

  /**
   * Where they are.
   *
   * @param collector its address on the bus
   * @param trainers theirs
   * @param command that starts a trainer where it is, or empty
   */
  record Whereabouts(String collector, String trainers, List<String> command) {
    static final Whereabouts ONE_MACHINE = new Whereabouts("127.0.0.1", "127.0.0.1", List.of());
  }

  private final Path folder;
  private final Trainer kind;
  private final Whereabouts where;
  private final List<String> heap;
  private final SharedClasses classes;
  private final int collectorPort = Ports.free();
  private final int[] trainerPorts;
  private final int page = Ports.free();
  private final Site site = new Site(page);
  private final ChildProcess[] trainers;
  private ChildProcess collector;

  Apart(Path folder, Trainer kind) throws IOException {
    this(folder, kind, 1, Whereabouts.ONE_MACHINE);
  }

  /**
   * @param trainers that there may be at once
   */
  Apart(Path folder, Trainer kind, int trainers, Whereabouts where) throws IOException {
    this(folder, kind, trainers, where, List.of());
  }

  /**
   * @param heap options of every process about its heap, or none
   */
  Apart(Path folder, Trainer kind, int trainers, Whereabouts where, List<String> heap)
      throws IOException {
    this.where = where;
    this.heap = List.copyOf(heap);
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
            where.command(),
            options("trainer"),
            kind.start(run, cluster(where.trainers(), trainerPorts[place])));
  }

  private List<String> options(String kind) {
    return Stream.concat(heap.stream(), classes.options(kind).stream()).toList();
  }

  /** Starts it, and waits until it answers. */
  void beginCollector() throws Exception {
    startCollector();
    Poll.until(LIMIT, this::isUp, up -> up);
  }

  void startCollector() throws IOException {
    List<String> command = new ArrayList<>(List.of("io.engram.collector.Main"));
    command.addAll(cluster(where.collector(), collectorPort));
    command.addAll(
        List.of(
            "--port",
            Integer.toString(page),
            "--state-dir",
            folder("collector").resolve("state").toString()));
    collector =
        ChildProcess.startJava(
            folder("collector").resolve("engram.log"), List.of(), options("collector"), command);
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

  private List<String> cluster(String address, int port) {
    String hosts =
        Stream.concat(
                Stream.of(where.collector() + ":" + collectorPort),
                IntStream.of(trainerPorts).mapToObj(each -> where.trainers() + ":" + each))
            .collect(Collectors.joining(","));
    List<String> cluster = new ArrayList<>(List.of("--bus", "clustered", "--insecure"));
    cluster.addAll(List.of("--cluster-address", address, "--cluster-hosts", hosts));
    cluster.addAll(List.of("--cluster-port", Integer.toString(port)));
    return cluster;
  }

  /** When a run's spool was written last, as the file system tells; -1 where there is none. */
  long spoolChanged(String run) throws IOException {
    return spool(run).mapToLong(File::lastModified).max().orElse(-1);
  }

  /** What waits in a run's spool. */
  long spoolBytes(String run) throws IOException {
    return spool(run).mapToLong(File::length).sum();
  }

  private Stream<File> spool(String run) throws IOException {
    Path spool = folder("trainer").resolve("state/spool").resolve(run);
    return Stream.of("kept", "examples")
        .map(lane -> spool.resolve(lane).toFile().listFiles())
        .filter(Objects::nonNull)
        .flatMap(Stream::of);
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
