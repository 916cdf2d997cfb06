package io.engram.trainer.benchmark;

import io.engram.collector.Browser;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.wire.EventAddresses;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon the live page shows something in a headless Chromium that has none of its files, while
 * the collector keeps 20 runs of 100,000 steps: from the start of the navigation to the first paint
 * of content, and to the first chart that is drawn with the points of all runs.
 */
final class PageBenchmark implements Benchmark {
  private static final int RUNS = 20;
  private static final int STEPS = 100_000;
  private static final int EXAMPLES = 8_000;
  private static final int BATCH = 8;
  private static final int STEPS_TOGETHER = 200;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 15;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;
  private static final double AIM_MILLIS = 1_000;

  @Override
  public String name() {
    return "page";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Browser browser = new Browser(Files.createTempDirectory("engram-page"))) {
      URI page = URI.create("http://127.0.0.1:%d/".formatted(LiveCollector.deploy(vertx)));
      for (int run = 1; run <= RUNS; run++) {
        train(vertx, new SyntheticRun("sweep-%02d".formatted(run), EXAMPLES, BATCH));
      }
      browser.emulate(WIDTH, HEIGHT, "light");
      double[] painted = new double[ROUNDS];
      double[] drawn = new double[ROUNDS];
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        browser.clearCache();
        browser.open(page);
        browser.await("performance.getEntriesByName('engram-first-chart').length === 1");
        if (round >= 0) {
          painted[round] = millis(browser, "first-contentful-paint");
          drawn[round] = millis(browser, "engram-first-chart");
        }
      }
      return List.of(row("paint", painted), row("chart", drawn));
    } finally {
      vertx.close().await();
    }
  }

  private static void train(Vertx vertx, SyntheticRun run) {
    List<EventEnvelope> batch = new ArrayList<>();
    run.opening().forEach(event -> batch.add(run.envelope(0, event)));
    for (int step = 0; step < STEPS; step++) {
      int now = step;
      run.step(now).forEach(event -> batch.add(run.envelope(now, event)));
      if ((step + 1) % run.stepsPerEpoch() == 0) {
        batch.add(run.envelope(step + 1, run.epoch()));
      }
      if ((step + 1) % STEPS_TOGETHER == 0) {
        EventBatch sent = new EventBatch(List.copyOf(batch), 0);
        vertx.eventBus().request(EventAddresses.EVENTS, sent).await();
        batch.clear();
      }
    }
  }

  private static double millis(Browser browser, String entry) {
    Object start = browser.eval("performance.getEntriesByName('%s')[0].startTime".formatted(entry));
    return ((Number) start).doubleValue();
  }

  private static BenchmarkRow row(String what, double[] millis) {
    return new BenchmarkRow(
        "page first %s, %d runs of %,d steps".formatted(what, RUNS, STEPS),
        Estimate.median(millis),
        "ms",
        AIM_MILLIS,
        Better.LOWER);
  }
}
