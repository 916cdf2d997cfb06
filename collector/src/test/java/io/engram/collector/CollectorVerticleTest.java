package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EventBatch;
import io.engram.events.wire.EventAddresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
final class CollectorVerticleTest {
  @TempDir Path dir;

  @Test
  void answersABatchWithItsLastSequence(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");

    EventBatch start = run.start();
    EventBatch step = run.step();

    assertThat(collector.send(start)).isEqualTo(2);
    assertThat(collector.send(step)).isEqualTo(5);
    assertThat(collector.send(step)).as("again").isEqualTo(5);
    JsonObject alpha = collector.getJson("/api/v1/runs/alpha").getJsonObject("run");
    assertThat(alpha.getJsonObject("progress").getLong("steps")).isEqualTo(1);
    assertThat(alpha.getJsonObject("delivery").getLong("received")).isEqualTo(9);
    assertThat(alpha.getJsonObject("delivery").getLong("duplicate")).isEqualTo(3);
  }

  @Test
  void countsFramesThatCouldNotBeRead(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");

    assertThat(collector.send(new EventBatch(List.of(), 3))).isEqualTo(-1);
    collector.send(new EventBatch(run.start().envelopes(), 2));

    assertThat(collector.get("/metrics").body())
        .contains("engram_events_undecodable_total{run=\"\"} 3.0")
        .contains("engram_events_undecodable_total{run=\"alpha\"} 2.0");
  }

  @Test
  void refusesWhatIsNoBatchAndGoesOn(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);

    assertThatThrownBy(
            () -> vertx.eventBus().request(EventAddresses.EVENTS, new JsonObject()).await())
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(400))
        .hasMessageContaining("EventBatch, not as JsonObject");

    assertThat(collector.send(new SyntheticRun("alpha", 0).start())).isEqualTo(2);
    assertThat(collector.get("/metrics").body()).contains("engram_batches_rejected_total 1.0");
  }

  @Test
  void whatItKnewIsBackAfterARestart(Vertx vertx) {
    JsonObject config = new JsonObject().put("stateDir", dir.toString());
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");
    TestCollector before = TestCollector.start(vertx, config);
    before.train(run, 3 * SyntheticRun.STEPS_PER_EPOCH);
    String view = before.get("/api/v1/runs/alpha").body();
    String series = before.get("/api/v1/runs/alpha/series?name=step_loss").body();
    String examples = before.get("/api/v1/runs/alpha/examples?limit=50").body();
    before.stop();

    TestCollector after = TestCollector.start(vertx, config);

    assertThat(after.get("/api/v1/runs/alpha").body()).isEqualTo(view);
    assertThat(after.get("/api/v1/runs/alpha/series?name=step_loss").body()).isEqualTo(series);
    assertThat(after.get("/api/v1/runs/alpha/examples?limit=50").body()).isEqualTo(examples);
    after.send(run.step());
    assertThat(
            after
                .getJson("/api/v1/runs/alpha")
                .getJsonObject("run")
                .getJsonObject("delivery")
                .getLong("missed"))
        .isZero();
  }

  @Test
  void savesWhileItRuns(Vertx vertx) throws Exception {
    TestCollector collector =
        TestCollector.start(
            vertx, new JsonObject().put("stateDir", dir.toString()).put("saveIntervalSeconds", 1));
    collector.train(new SyntheticRun("alpha", 0), 1);

    Path file = dir.resolve("alpha.snapshot");
    Poll.until(() -> Files.exists(file));
    byte[] first = Files.readAllBytes(file);
    collector.train(new SyntheticRun("beta", 0), 1);
    Poll.until(() -> Files.exists(dir.resolve("beta.snapshot")));

    assertThat(file).as("a run that did not change").hasBinaryContent(first);
  }

  @Test
  void aSaveThatFailsIsCountedAndTriedAgain(Vertx vertx) throws Exception {
    TestCollector collector =
        TestCollector.start(
            vertx, new JsonObject().put("stateDir", dir.toString()).put("saveIntervalSeconds", 1));
    Path inTheWay = Files.createDirectories(dir.resolve("alpha.snapshot").resolve("full"));
    collector.train(new SyntheticRun("alpha", 0), 1);

    Poll.until(() -> !collector.get("/metrics").body().contains("engram_saves_failed_total 0.0"));
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());

    Poll.until(() -> Files.isRegularFile(dir.resolve("alpha.snapshot")));
  }

  @Test
  void aSilentRunLeaves(Vertx vertx) {
    TestCollector collector =
        TestCollector.start(
            vertx, new JsonObject().put("stateDir", dir.toString()).put("runRetentionSeconds", 1));
    collector.train(new SyntheticRun("alpha", 0), 1);
    assertThat(collector.get("/metrics").body()).contains("run=\"alpha\"");

    Poll.until(() -> collector.get("/api/v1/runs/alpha").statusCode() == 404);

    assertThat(collector.get("/metrics").body()).doesNotContain("run=\"alpha\"");
    Poll.until(() -> Files.exists(dir.resolve("retired").resolve("alpha.snapshot")));
  }

  @Test
  void isNotReadyOnceItStops(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    assertThat(collector.get("/livez").statusCode()).isEqualTo(200);
    assertThat(collector.get("/readyz").statusCode()).isEqualTo(200);

    collector.stop();

    assertThatThrownBy(() -> vertx.eventBus().request(EventAddresses.EVENTS, "x").await())
        .hasMessageContaining("No handlers");
    assertThatThrownBy(() -> collector.get("/readyz")).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aTakenPortIsToldInOneLine(Vertx vertx) {
    int port = TestCollector.start(vertx).port();
    Vertx other = Vertx.vertx();
    try {
      assertThatThrownBy(() -> TestCollector.start(other, new JsonObject().put("port", port)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1 port " + port + ": ")
          .hasMessageNotContaining("\n");
    } finally {
      other.close().await();
    }
  }

  @Test
  void aWrongConfigurationIsRefused(Vertx vertx) {
    assertThatThrownBy(() -> TestCollector.start(vertx, new JsonObject().put("prot", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("collector option prot is unknown");
  }
}
