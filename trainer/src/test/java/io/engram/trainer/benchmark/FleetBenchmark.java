package io.engram.trainer.benchmark;

import io.engram.events.RunFinished;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.EventAddresses;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.publish.Destination;
import io.engram.trainer.publish.EventPublisher;
import io.engram.trainer.publish.SpoolOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * A fleet of trainers that train nothing, each with a spool, at 50 steps a second of 128 examples,
 * and one collector with a journal, all in this process: how long after its emission a step is in
 * the collector's answer, how many events are dropped or missed, how heap, memory and open files
 * grow from the middle to the end. A cold start, in which all runs begin at once and no code is
 * compiled yet, is told apart from the time after it; both are printed. The spools, in life on as
 * many machines, are in memory where there is a {@code /dev/shm}. {@code
 * -Dengram.fleet.seconds=600} for longer, {@code -Dengram.fleet.trainers=10} for fewer.
 */
final class FleetBenchmark implements Benchmark {
  private static final int TRAINERS = Integer.getInteger("engram.fleet.trainers", 100);
  private static final int SECONDS = Integer.getInteger("engram.fleet.seconds", 60);
  private static final int STEPS_A_SECOND = 50;
  private static final int COLD_STEPS = 30 * STEPS_A_SECOND;
  private static final int EXAMPLES = 10_000;
  private static final long AIM_MILLIS = 500;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  private record Trainer(SyntheticRun run, EventPublisher publisher) {}

  /** What the process holds: bytes of heap in use, bytes that are resident, files that are open. */
  private record Held(long heap, long resident, long files) {
    static Held now() throws IOException {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        return new Held(
            runtime.totalMemory() - runtime.freeMemory(),
            4096 * Long.parseLong(pages[1]),
            open.count());
      }
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public String name() {
    return "fleet";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    Path folder = Files.createTempDirectory("engram-fleet");
    Path memory = Path.of("/dev/shm");
    Path spools =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "engram-fleet")
            : Files.createTempDirectory("engram-fleet-spools");
    Vertx vertx = Vertx.vertx();
    try {
      vertx
          .deployVerticle(
              "io.engram.collector.CollectorVerticle",
              new DeploymentOptions()
                  .setConfig(
                      new JsonObject()
                          .put("port", 0)
                          .put("stateDir", folder.resolve("collector").toString())
                          .put("journal", true)))
          .await();
      int port = vertx.sharedData().<String, Integer>getLocalMap("engram.collector").get("port");
      return measure(vertx, port, spools);
    } finally {
      vertx.close().await();
      remove(folder);
      remove(spools);
    }
  }

  private List<BenchmarkRow> measure(Vertx vertx, int port, Path folder) throws Exception {
    List<Trainer> trainers = new ArrayList<>();
    for (int i = 0; i < TRAINERS; i++) {
      trainers.add(begin(vertx, "fleet-%03d".formatted(i), folder));
    }
    long[] emittedAt = new long[SECONDS * STEPS_A_SECOND];
    Histogram visible = new Histogram(3);
    Histogram warm = new Histogram(3);
    Thread looking = new Thread(() -> look(port, emittedAt, visible, warm), "fleet-look");
    looking.start();
    long begin = System.nanoTime();
    Held half = null;
    for (int step = 0; step < emittedAt.length; step++) {
      LockSupport.parkNanos(
          begin + TimeUnit.SECONDS.toNanos(1) / STEPS_A_SECOND * step - System.nanoTime());
      for (Trainer trainer : trainers) {
        for (TrainingEvent event : trainer.run.step(step)) {
          trainer.publisher.emit(0, step, event);
        }
      }
      emittedAt[step] = System.nanoTime();
      half = step == emittedAt.length / 2 ? Held.now() : half;
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    Held end = Held.now();
    List<Future<Integer>> stopped = new ArrayList<>();
    long dropped = 0;
    for (Trainer trainer : trainers) {
      trainer.publisher.report(0, emittedAt.length, TrainerReported.State.RUNNING);
      trainer.publisher.emit(
          0, emittedAt.length, new RunFinished(RunFinished.Outcome.COMPLETED, ""));
      stopped.add(trainer.publisher.stop(Duration.ofMinutes(5)));
    }
    Future.all(stopped).await();
    looking.join();
    for (Trainer trainer : trainers) {
      dropped += trainer.publisher.dropped().values().stream().mapToLong(Long::longValue).sum();
      dropped +=
          shown(port, trainer.run.run().value()).getJsonObject("delivery").getLong("unexplained");
    }
    double rate = (double) emittedAt.length * TRAINERS / seconds;
    return List.of(
        row("step to visible p99", visible.getValueAtPercentile(99) / 1e3, "ms", AIM_MILLIS),
        row("p99 after 30 s", warm.getValueAtPercentile(99) / 1e3, "ms", AIM_MILLIS),
        row("median after 30 s", warm.getValueAtPercentile(50) / 1e3, "ms", Double.NaN),
        row("worst after 30 s", warm.getMaxValue() / 1e3, "ms", Double.NaN),
        row("events dropped or unexplained", dropped, "events", 0),
        new BenchmarkRow(
            "fleet steps of 128 examples",
            exactly(rate),
            "1/s",
            0.95 * STEPS_A_SECOND * TRAINERS,
            Better.HIGHER),
        row("heap at the end", end.heap / 1e6, "MB", Double.NaN),
        row("heap, end to middle", (double) end.heap / half.heap, "ratio", 1.2),
        row("resident memory, end to middle", (double) end.resident / half.resident, "ratio", 1.2),
        row("open files, end to middle", (double) end.files / half.files, "ratio", 1.2));
  }

  private static Trainer begin(Vertx vertx, String name, Path folder) {
    SyntheticRun run = new SyntheticRun(name, EXAMPLES);
    EventPublisher publisher =
        EventPublisher.spooling(
            run.run(),
            InstantSource.system(),
            new SpoolOptions(folder.resolve(name), SpoolOptions.DEFAULT_QUOTA_BYTES),
            Destination.at(EventAddresses.EVENTS));
    publisher.start(vertx).await();
    run.opening().forEach(event -> publisher.emit(0, 0, event));
    return new Trainer(run, publisher);
  }

  /** Looks at the last run of each round until it has seen all of its steps. */
  private void look(int port, long[] emittedAt, Histogram micros, Histogram warm) {
    int seen = 0;
    try {
      while (seen < emittedAt.length) {
        LockSupport.parkNanos(LOOK_NANOS);
        JsonObject shown = shown(port, "fleet-%03d".formatted(TRAINERS - 1));
        long steps =
            shown.containsKey("progress") ? shown.getJsonObject("progress").getLong("steps") : 0;
        long now = System.nanoTime();
        for (; seen < steps && seen < emittedAt.length; seen++) {
          long at = emittedAt[seen];
          long late = at == 0 ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMicros(now - at));
          micros.recordValue(late);
          if (seen >= COLD_STEPS) {
            warm.recordValue(late);
          }
        }
        if ("completed".equals(shown.getString("state"))) {
          return;
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonObject shown(int port, String run) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/runs/%s".formatted(port, run));
    String body = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return new JsonObject(body).getJsonObject("run", new JsonObject());
  }

  private static BenchmarkRow row(String what, double value, String unit, double aim) {
    return new BenchmarkRow("fleet " + what, exactly(value), unit, aim, Better.LOWER);
  }

  private static Estimate exactly(double value) {
    return new Estimate(value, value, value);
  }

  private static void remove(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
