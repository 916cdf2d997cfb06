package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What training notices of those who ask for everything again and again. */
@ExtendWith(VertxExtension.class)
@Timeout(240)
final class FloodTest {
  private static final int CLIENTS = 100;
  private static final int RUNS = 20;
  private static final int FEWEST_STEPS = 300;
  private static final int FEWEST_ANSWERS = 500;
  private static final long MOST_GROWN_MEGABYTES = 64;
  private static final List<String> ASKED =
      List.of("/metrics", "/api/v1/runs", "/api/v1/runs/run-0/series?name=step_loss");

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void eventsAreTakenDuringAFloodOfScrapesAndMemoryStays(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    List<SyntheticRun> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      SyntheticRun run = new SyntheticRun("run-" + i, 0.2);
      collector.train(run, 1);
      runs.add(run);
    }
    long before = Heap.megabytes();

    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(askAgain(collector, ASKED.get(i % ASKED.size())));
    }
    int steps = 0;
    while (steps < FEWEST_STEPS || answered.get() < FEWEST_ANSWERS) {
      for (SyntheticRun run : runs) {
        collector.send(run.step());
      }
      steps += RUNS;
    }
    over.set(true);
    clients.forEach(CompletableFuture::join);

    assertThat(failed).hasValue(0);
    String page = collector.get("/metrics").body();
    for (int i = 0; i < RUNS; i++) {
      assertThat(page)
          .contains("engram_steps_total{run=\"run-" + i + "\"} " + (double) (1 + steps / RUNS));
    }
    assertThat(Heap.megabytes() - before).isLessThan(MOST_GROWN_MEGABYTES);
  }

  private CompletableFuture<Void> askAgain(TestCollector collector, String path) {
    if (over.get()) {
      return CompletableFuture.completedFuture(null);
    }
    return client
        .sendAsync(HttpRequest.newBuilder(collector.uri(path)).build(), BodyHandlers.ofString())
        .thenCompose(
            answer -> {
              count(answer);
              return askAgain(collector, path);
            });
  }

  private void count(HttpResponse<String> answer) {
    answered.incrementAndGet();
    if (answer.statusCode() != 200) {
      failed.incrementAndGet();
    }
  }
}
