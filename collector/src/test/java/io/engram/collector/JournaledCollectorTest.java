package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EventBatch;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventParcel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
final class JournaledCollectorTest {
  @TempDir Path dir;

  @Test
  void killedAtAnyTimeItKnowsWhatItHadAcknowledged(Vertx vertx, Vertx other) {
    TestCollector collector = start(vertx, dir.resolve("a"), 3_600);
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");
    collector.send(Parcels.of(run.start()));
    for (int i = 0; i < 45; i++) {
      collector.send(Parcels.of(run.step()));
    }
    Path left = Parcels.afterAKill(dir.resolve("a"), dir.resolve("b"));

    TestCollector after = start(other, left, 3_600);

    assertThat(left.resolve("alpha.snapshot")).doesNotExist();
    assertSame(after, collector);
    EventParcel next = Parcels.of(run.step());
    assertThat(after.send(next)).isEqualTo(next.last());
    assertThat(delivery(after).getLong("missed")).isZero();
  }

  @Test
  void startsFromSnapshotAndTail(Vertx vertx, Vertx other) {
    Path a = dir.resolve("a");
    TestCollector collector = start(vertx, a, 1);
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");
    collector.send(Parcels.of(run.start()));
    for (int i = 0; i < 25; i++) {
      collector.send(Parcels.of(run.step()));
    }
    Poll.until(() -> Files.exists(a.resolve("alpha.snapshot")));
    for (int i = 0; i < 25; i++) {
      collector.send(Parcels.of(run.step()));
    }

    assertSame(start(other, Parcels.afterAKill(a, dir.resolve("b")), 3_600), collector);
  }

  /** Killed between the snapshots of two runs, of which the one without began earlier. */
  @Test
  void aRunThatHasNoSnapshotYetIsReadFromWhereItBegan(Vertx vertx, Vertx other) throws IOException {
    Path a = dir.resolve("a");
    TestCollector collector = start(vertx, a, 1);
    collector.send(Parcels.of(new SyntheticRun("beta", 0).start()));
    collector.send(Parcels.of(new SyntheticRun("alpha", 0.4, "dense0").start()));
    Poll.until(() -> Files.exists(a.resolve("alpha.snapshot")));
    Path left = Parcels.afterAKill(a, dir.resolve("b"));
    Files.deleteIfExists(left.resolve("beta.snapshot"));

    TestCollector after = start(other, left, 3_600);

    assertSame(after, collector);
    assertThat(after.get("/api/v1/runs/beta").body())
        .isEqualTo(collector.get("/api/v1/runs/beta").body());
  }

  /** As a trainer sends them, without waiting for the answer to the one before. */
  @Test
  void manyOnTheWayAtOnceAreAppliedInTheirOrder(Vertx vertx) {
    TestCollector collector = start(vertx, dir, 3_600);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    collector.send(Parcels.of(run.start()));
    List<Future<Message<Long>>> answers = new ArrayList<>();
    long last = 0;
    for (int i = 0; i < 2_000; i++) {
      EventParcel step = Parcels.of(run.step());
      last = step.last();
      answers.add(vertx.eventBus().request(EventAddresses.EVENTS, step));
    }

    Future.all(answers).await();

    assertThat(answers.get(answers.size() - 1).result().body()).isEqualTo(last);
    assertThat(steps(collector)).isEqualTo(2_000);
    assertThat(delivery(collector).getLong("missed")).isZero();
  }

  @Test
  void whatComesAgainCountsOnce(Vertx vertx) {
    TestCollector collector = start(vertx, dir, 3_600);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    EventParcel start = Parcels.of(run.start());
    EventParcel step = Parcels.of(run.step());

    collector.send(start);
    assertThat(collector.send(step)).isEqualTo(step.last());
    assertThat(collector.send(step)).isEqualTo(step.last());
    assertThat(collector.send(start)).isEqualTo(step.last());

    assertThat(steps(collector)).isEqualTo(1);
    assertThat(delivery(collector).getLong("duplicate"))
        .isEqualTo(2L * step.count() + start.count() - step.count());
  }

  @Test
  void whatComesTooEarlyIsNotTakenUnlessNothingCanComeBeforeIt(Vertx vertx) {
    TestCollector collector = start(vertx, dir, 3_600);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    EventParcel start = Parcels.of(run.start());
    EventParcel first = Parcels.of(run.step());
    EventParcel second = Parcels.of(run.step());
    collector.send(start);

    assertThat(collector.send(second)).isEqualTo(start.last());
    assertThat(steps(collector)).isZero();
    EventParcel settled =
        new EventParcel(
            second.run(),
            second.incarnation(),
            second.after(),
            first.last(),
            second.last(),
            second.count(),
            second.frames());
    assertThat(collector.send(settled)).isEqualTo(second.last());

    assertThat(steps(collector)).isEqualTo(1);
    assertThat(delivery(collector).getLong("missed")).isEqualTo(first.count());
  }

  @Test
  void whatCannotBeReadIsSetAsideAndBlocksNothing(Vertx vertx, Vertx other) throws IOException {
    TestCollector collector = start(vertx, dir.resolve("a"), 3_600);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    collector.send(Parcels.of(run.start()));
    EventParcel step = Parcels.of(run.step());
    ByteBuffer hit = ByteBuffer.allocate(step.bytes()).put(step.frames()).flip();
    hit.put(hit.limit() - 1, (byte) ~hit.get(hit.limit() - 1));
    EventParcel damaged =
        new EventParcel(
            step.run(),
            step.incarnation(),
            step.after(),
            step.settled(),
            step.last(),
            step.count(),
            hit);

    assertThat(collector.send(damaged)).isEqualTo(step.last());
    EventParcel next = Parcels.of(run.step());
    assertThat(collector.send(next)).isEqualTo(next.last());

    assertThat(steps(collector)).isEqualTo(2);
    assertThat(delivery(collector).getLong("quarantined")).isEqualTo(1);
    assertThat(delivery(collector).getLong("missed")).isEqualTo(1);
    assertThat(collector.get("/metrics").body())
        .contains("engram_parcels_quarantined_total 1.0")
        .contains("engram_events_quarantined_total{run=\"alpha\"} 1.0");
    try (var files = Files.list(dir.resolve("a").resolve("quarantine"))) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum())
          .isGreaterThan(damaged.bytes());
    }
    assertSame(
        start(other, Parcels.afterAKill(dir.resolve("a"), dir.resolve("b")), 3_600), collector);
  }

  @Test
  void whatIsNoParcelIsRefused(Vertx vertx) {
    start(vertx, dir, 3_600);

    assertThatThrownBy(
            () -> vertx.eventBus().request(EventAddresses.EVENTS, new JsonObject()).await())
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(400));
  }

  @Test
  void aDamagedJournalCostsTheRecordThatIsHit(Vertx vertx, Vertx other) throws IOException {
    TestCollector collector = start(vertx, dir.resolve("a"), 3_600);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    List<EventParcel> parcels = new ArrayList<>();
    parcels.add(Parcels.of(run.start()));
    for (int i = 0; i < 10; i++) {
      parcels.add(Parcels.of(run.step()));
    }
    parcels.forEach(collector::send);
    Path left = Parcels.afterAKill(dir.resolve("a"), dir.resolve("b"));
    Path segment = left.resolve("journal").resolve("0000000000000000000.log");
    byte[] bytes = Files.readAllBytes(segment);
    int inTheFifth = 0;
    for (int i = 0; i < 5; i++) {
      inTheFifth += parcels.get(i).encode().remaining() + 24 + 9;
    }
    bytes[inTheFifth + 500] ^= 4;
    Files.write(segment, bytes);

    TestCollector after = start(other, left, 3_600);

    assertThat(steps(after)).isEqualTo(9);
    assertThat(delivery(after).getLong("missed")).isEqualTo(parcels.get(5).count());
    EventParcel next = Parcels.of(run.step());
    assertThat(after.send(next)).isEqualTo(next.last());
  }

  @Test
  void aRunThatWasFiledAwayDoesNotComeBackWithTheJournal(Vertx vertx, Vertx other) {
    Path a = dir.resolve("a");
    JsonObject config =
        new JsonObject()
            .put("stateDir", a.toString())
            .put("journal", true)
            .put("runRetentionSeconds", 1);
    TestCollector collector = TestCollector.start(vertx, config);
    collector.send(Parcels.of(new SyntheticRun("alpha", 0).start()));
    Poll.until(() -> Files.exists(a.resolve("retired").resolve("alpha.snapshot")));
    collector.stop();

    TestCollector after = start(other, a, 3_600);

    assertThat(after.get("/api/v1/runs/alpha").statusCode()).isEqualTo(404);
  }

  @Test
  void aBatchOfATrainerWithoutASpoolIsKeptToo(Vertx vertx, Vertx other) {
    TestCollector collector = start(vertx, dir.resolve("a"), 3_600);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    assertThat(collector.send(new EventBatch(List.of(), 0))).isEqualTo(-1);
    collector.train(run, 3);

    assertSame(
        start(other, Parcels.afterAKill(dir.resolve("a"), dir.resolve("b")), 3_600), collector);
  }

  private static TestCollector start(Vertx vertx, Path dir, int saveSeconds) {
    return TestCollector.start(
        vertx,
        new JsonObject()
            .put("stateDir", dir.toString())
            .put("journal", true)
            .put("saveIntervalSeconds", saveSeconds));
  }

  private static void assertSame(TestCollector actual, TestCollector expected) {
    for (String path :
        List.of(
            "/api/v1/runs/alpha",
            "/api/v1/runs/alpha/series?name=step_loss",
            "/api/v1/runs/alpha/examples?limit=50")) {
      assertThat(actual.get(path).body()).isEqualTo(expected.get(path).body());
    }
  }

  private static JsonObject delivery(TestCollector collector) {
    return collector.getJson("/api/v1/runs/alpha").getJsonObject("run").getJsonObject("delivery");
  }

  private static long steps(TestCollector collector) {
    return collector
        .getJson("/api/v1/runs/alpha")
        .getJsonObject("run")
        .getJsonObject("progress")
        .getLong("steps");
  }
}
