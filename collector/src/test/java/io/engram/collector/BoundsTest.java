package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who makes runs, or names, without end is allowed. */
@ExtendWith(VertxExtension.class)
@Timeout(240)
final class BoundsTest {
  private static final int MOST = 20;
  private static final int RUNS = 10_000;
  private static final int LAYERS = 100_000;
  private static final int LONG = 10_000;
  private static final long MOST_GROWN_MEGABYTES = 48;

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runsWithoutEndAreRefusedAndThoseThatAreThereGoOn(boolean journal, Vertx vertx) {
    TestCollector collector = start(vertx, journal);
    SyntheticRun first = new SyntheticRun("run-0", 0);
    send(collector, first.start(), journal);
    long before = Heap.megabytes();

    int refused = 0;
    for (int i = 1; i < RUNS; i++) {
      EventBatch batch = one("run-" + i, header(List.of()));
      if (i < MOST) {
        send(collector, batch, journal);
      } else {
        refused++;
        assertThatThrownBy(() -> send(collector, batch, journal))
            .isInstanceOf(ReplyException.class)
            .hasMessageContaining("is refused: this collector has 20 runs and takes no more")
            .extracting(failure -> ((ReplyException) failure).failureCode())
            .isEqualTo(403);
      }
    }
    HttpResponse<String> answer =
        collector.post(
            "/api/v1/runs/posted/events?incarnation=1",
            "{\"sequence\": 0, \"epoch\": 0, \"step\": 0, \"event\":"
                + " {\"type\": \"CheckpointSaved\", \"location\": \"a\"}}",
            "Content-Type",
            "application/x-ndjson");
    refused++;

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("takes no more (--most-runs)");
    send(collector, first.step(), journal);
    String page = collector.get("/metrics").body();
    assertThat(page)
        .contains("engram_events_refused_total{reason=\"run_limit\"} " + (double) refused)
        .contains("engram_steps_total{run=\"run-0\"} 1.0");
    assertThat(page.lines().filter(line -> line.startsWith("engram_run_info{"))).hasSize(MOST);
    assertThat(new JsonObject(collector.get("/api/v1/runs").body()).getJsonArray("runs"))
        .hasSize(MOST);
    assertThat(Heap.megabytes() - before).isLessThan(MOST_GROWN_MEGABYTES);
  }

  @Test
  void namesWithoutEndAreCutAndCounted(Vertx vertx) {
    TestCollector collector = start(vertx, false);
    List<String> names = IntStream.range(0, LAYERS).mapToObj(l -> "l" + l).toList();
    double[] norms = new double[LAYERS];
    RunId run = new RunId("wide");
    long before = Heap.megabytes();
    collector.send(
        new EventBatch(
            List.of(
                new EventEnvelope(run, 1, 0, 0, 0, 0, header(names)),
                new EventEnvelope(
                    run, 1, 1, 0, 0, 0, new GradientNormsMeasured(norms, norms, norms))),
            0));
    collector.send(one("long", header(List.of("x".repeat(LONG)))));

    String page = collector.get("/metrics").body();

    assertThat(page.lines().filter(line -> line.startsWith("engram_gradient_norm_last{")).count())
        .isEqualTo(512);
    assertThat(page)
        .contains("engram_events_dropped_total{reason=\"series_limit\",run=\"wide\"} 1.0")
        .contains("engram_global_parameter_norm{run=\"wide\"}")
        .doesNotContain("x".repeat(300));
    assertThat(page.length()).isLessThan(2 << 20);
    assertThat(collector.get("/api/v1/runs/wide").body().length()).isLessThan(1 << 20);
    assertThat(Heap.megabytes() - before).isLessThan(MOST_GROWN_MEGABYTES);
  }

  private TestCollector start(Vertx vertx, boolean journal) {
    JsonObject config = new JsonObject().put("mostRuns", MOST).put("journal", journal);
    return TestCollector.start(vertx, journal ? config.put("stateDir", dir.toString()) : config);
  }

  private static void send(TestCollector collector, EventBatch batch, boolean journal) {
    if (journal) {
      collector.send(Parcels.of(batch));
    } else {
      collector.send(batch);
    }
  }

  private static EventBatch one(String run, RunStarted header) {
    return new EventBatch(List.of(new EventEnvelope(new RunId(run), 1, 0, 0, 0, 0, header)), 0);
  }

  private static RunStarted header(List<String> layers) {
    return new RunStarted(
        new RunStarted.Dataset("x".repeat(LONG), "", 1, 0, 2, 1, 1, 1, 0, 1),
        new RunStarted.Noise("none", 0, 0, "none", 0, 0, 0),
        new RunStarted.Network("mlp", 1, layers, List.of()),
        new RunStarted.Training("sgd", 0.1, 1, 1, 1, 1),
        new RunStarted.Device("cpu", "made up"),
        -1);
  }
}
