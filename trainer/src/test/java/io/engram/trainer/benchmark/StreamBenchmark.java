package io.engram.trainer.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.events.TrainingEvent;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.publish.EventPublisher;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * Time from the end of a step, when its events are emitted, to the arrival of the first frame that
 * knows of it at a client of the event stream, 99th percentile, over 500 steps a second from a
 * training thread that keeps one core busy; and how many frames a second come.
 */
final class StreamBenchmark implements Benchmark {
  private static final int EXAMPLES = 60_000;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 10;
  private static final int STEPS = 1_000;
  private static final long STEP_NANOS = 2_000_000;
  private static final double PERCENTILE = 99;
  private static final double AIM_MILLIS = 100;
  private static final double AIM_FRAMES = 20;
  private static final int ALL_STEPS = (WARM_UPS + ROUNDS) * STEPS;

  private final AtomicLongArray emitted = new AtomicLongArray(ALL_STEPS);
  private final long[] arrived = new long[ALL_STEPS];
  private final int[] frames = new int[WARM_UPS + ROUNDS];

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      int port = LiveCollector.deploy(vertx);
      SyntheticRun run = new SyntheticRun("streamed", EXAMPLES);
      EventPublisher publisher = new EventPublisher(run.run(), InstantSource.system());
      publisher.start(vertx).await();
      run.opening().forEach(event -> publisher.emit(0, 0, event));
      CompletableFuture<Void> watched = new CompletableFuture<>();
      Thread watcher = new Thread(() -> watch(port, watched), "stream-client");
      watcher.start();
      train(run, publisher);
      watched.get(30, TimeUnit.SECONDS);
    } finally {
      vertx.close().await();
    }
    return rows();
  }

  private void train(SyntheticRun run, EventPublisher publisher) {
    for (int step = 0; step < ALL_STEPS; step++) {
      long started = System.nanoTime();
      List<TrainingEvent> events = run.step(step);
      while (System.nanoTime() - started < STEP_NANOS) {
        Thread.onSpinWait();
      }
      emitted.set(step, System.nanoTime());
      for (TrainingEvent event : events) {
        publisher.emit(0, step, event);
      }
    }
  }

  private void watch(int port, CompletableFuture<Void> watched) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/stream".formatted(port)))
            .build();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      int known = 0;
      while (known < ALL_STEPS) {
        String line = lines.readLine();
        long now = System.nanoTime();
        if (line == null) {
          throw new IOException("the stream ended after step " + (known - 1));
        }
        if (line.startsWith("data:")) {
          int upTo = latestStep(line.substring(5)) + 1;
          if (upTo > known) {
            frames[known / STEPS]++;
          }
          for (; known < upTo; known++) {
            arrived[known] = now;
          }
        }
      }
      watched.complete(null);
    } catch (IOException | InterruptedException | RuntimeException e) {
      watched.completeExceptionally(e);
    }
  }

  private static int latestStep(String frame) throws IOException {
    JsonNode runs = new ObjectMapper().readTree(frame).path("runs");
    int latest = -1;
    for (JsonNode told : runs) {
      boolean training = told.path("run").path("progress").path("steps").asInt() > 0;
      latest = training ? told.path("run").path("step").intValue() : latest;
    }
    return latest;
  }

  private List<BenchmarkRow> rows() {
    List<Histogram> rounds = new ArrayList<>();
    double[] framesPerSecond = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Histogram nanos = new Histogram(3);
      int first = (WARM_UPS + round) * STEPS;
      int last = first + STEPS - 1;
      for (int step = first; step <= last; step++) {
        nanos.recordValue(arrived[step] - emitted.get(step));
      }
      rounds.add(nanos);
      framesPerSecond[round] =
          frames[WARM_UPS + round] * 1e9 / (emitted.get(last) - emitted.get(first));
    }
    return List.of(
        new BenchmarkRow(
            "step end to frame p99",
            Estimate.percentile(rounds, PERCENTILE).times(1e-6),
            "ms",
            AIM_MILLIS,
            Better.LOWER),
        new BenchmarkRow(
            "frames", Estimate.median(framesPerSecond), "1/s", AIM_FRAMES, Better.HIGHER));
  }
}
