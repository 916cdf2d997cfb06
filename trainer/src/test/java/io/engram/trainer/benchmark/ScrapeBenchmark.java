package io.engram.trainer.benchmark;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.wire.EventAddresses;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long a scrape of {@code /metrics} takes over HTTP, compressed as Prometheus asks for it, 99th
 * percentile: of a collector with one run of 60,000 examples and of one with 6 million, all of them
 * presented. The two take turns, each after a few new steps. Both must show the same series.
 */
final class ScrapeBenchmark implements Benchmark {
  private static final int FEW = 60_000;
  private static final int MANY = 6_000_000;
  private static final int WARM_UPS = 5;
  private static final int ROUNDS = 20;
  private static final int SCRAPES = 100;
  private static final int STEPS_BETWEEN = 4;
  private static final int STEPS_TOGETHER = 64;
  private static final double PERCENTILE = 99;
  private static final double AIM_MILLIS = 5;
  private static final double AIM_RATIO = 1.2;

  @Override
  public String name() {
    return "scrape";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    try (Target few = new Target(FEW);
        Target many = new Target(MANY)) {
      Interleaved medians =
          Interleaved.measure(WARM_UPS, ROUNDS, few::medianOfScrapes, many::medianOfScrapes);
      double series = (double) many.series() / few.series();
      return List.of(
          few.percentile(),
          many.percentile(),
          new BenchmarkRow(
              "scrape median, 6,000,000 / 60,000 examples",
              medians.ratio(1, 0),
              "ratio",
              AIM_RATIO,
              Better.LOWER),
          new BenchmarkRow(
              "scrape series, 6,000,000 / 60,000 examples",
              new Estimate(series, series, series),
              "ratio",
              1,
              Better.LOWER));
    }
  }

  /** A collector with one run. */
  private static final class Target implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Histogram> rounds = new ArrayList<>();
    private final SyntheticRun run;
    private final URI metrics;
    private long step;

    Target(int examples) {
      run = new SyntheticRun("scraped", examples);
      metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(LiveCollector.deploy(vertx)));
      run.opening().forEach(event -> send(List.of(run.envelope(0, event))));
      while (step < run.stepsPerEpoch()) {
        train(STEPS_TOGETHER);
      }
      send(List.of(run.envelope(step, run.epoch())));
    }

    private void train(int steps) {
      List<EventEnvelope> envelopes = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        run.step(step).forEach(event -> envelopes.add(run.envelope(step, event)));
        step++;
      }
      send(envelopes);
    }

    private void send(List<EventEnvelope> envelopes) {
      vertx.eventBus().request(EventAddresses.EVENTS, new EventBatch(envelopes, 0)).await();
    }

    /** Nanoseconds. */
    double medianOfScrapes() throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(metrics).header("Accept-Encoding", "gzip").build();
      Histogram nanos = new Histogram(3);
      for (int i = 0; i < SCRAPES; i++) {
        train(STEPS_BETWEEN);
        long start = System.nanoTime();
        client.send(request, BodyHandlers.ofByteArray());
        nanos.recordValue(System.nanoTime() - start);
      }
      rounds.add(nanos);
      return nanos.getValueAtPercentile(50);
    }

    BenchmarkRow percentile() {
      return new BenchmarkRow(
          "scrape p99, %,d examples".formatted(run.examples()),
          Estimate.percentile(rounds.subList(WARM_UPS, rounds.size()), PERCENTILE).times(1e-6),
          "ms",
          AIM_MILLIS,
          Better.LOWER);
    }

    long series() throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(metrics).build();
      String page = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
      return page.lines().filter(line -> line.startsWith("engram_")).count();
    }

    @Override
    public void close() {
      vertx.close().await();
    }
  }
}
