package io.engram.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.collector.SyntheticRun;
import io.engram.events.EventEnvelope;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.TrainerReported;
import io.engram.events.wire.EventAddresses;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real spool, forwarder, journal and runs, while something else fails. In each case: the
 * trainer goes on, what is lost is counted with its reason, nothing counts twice, and what waits
 * stays within its bounds.
 *
 * <p>Here: a collector that is away, or slow; a disk that is full while a run trains, under the
 * spool and under the journal; one that becomes read-only, and one that is before it begins; a
 * clock that jumps; two trainers of one run. Elsewhere: processes that are killed, {@code
 * KillTest}; frozen, {@code FrozenTest}; a network that is cut, {@code CutTest}; ten minutes
 * without a collector, {@code AwayTest}; bits that flip, torn tails, and writes that fail for any
 * other reason, {@code DamagedLogTest} and {@code FailingDiskTest} of {@code io.engram.events.log};
 * a damaged journal, {@code JournalDamageTest}; what all of it costs training, the benchmark {@code
 * away}.
 */
@Timeout(120)
class FaultTest {
  private static final int STEPS = 400;
  private static final long QUOTA = 1 << 18;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong now =
      new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
  private SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aCollectorThatIsAwayForLongCostsObservationsOfExamplesAndNothingElse() throws Exception {
    EventPublisher publisher = publisher(dir.resolve("spool"), QUOTA, EventAddresses.EVENTS);
    publisher.start(vertx).await();
    start(publisher);
    steps(publisher, STEPS);
    publisher.commit().get(20, TimeUnit.SECONDS);
    assertThat(sizeOf(dir.resolve("spool"))).isLessThan(QUOTA + (1 << 16));

    collect(dir.resolve("state"));
    JsonObject shown = finish(publisher);

    assertThat(publisher.dropped()).containsOnlyKeys("evicted");
    assertThat(shown.getJsonObject("progress").getLong("steps")).isEqualTo(STEPS);
    assertBalanced(shown, publisher);
  }

  @Test
  void aSlowCollectorGetsACountedNumberOfParcels() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    vertx
        .eventBus()
        .consumer(
            "slow",
            message -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              vertx.setTimer(
                  30,
                  late ->
                      vertx
                          .eventBus()
                          .<Long>request(EventAddresses.EVENTS, message.body())
                          .onComplete(
                              answer -> {
                                underWay.decrementAndGet();
                                message.reply(answer.result().body());
                              }));
            });
    collect(dir.resolve("state"));
    EventPublisher publisher = publisher(dir.resolve("spool"), 1L << 28, "slow");
    publisher.start(vertx).await();
    start(publisher);
    steps(publisher, STEPS);

    JsonObject shown = finish(publisher);

    assertThat(most.get()).isBetween(2, 4);
    assertThat(publisher.dropped()).isEmpty();
    assertBalanced(shown, publisher);
  }

  @Test
  void aFullDiskUnderTheSpoolIsCountedUntilThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 4 << 10)) {
      collect(dir.resolve("state"));
      EventPublisher publisher =
          publisher(dir.resolve("disk/spool"), 1L << 28, EventAddresses.EVENTS);
      publisher.start(vertx).await();
      start(publisher);
      steps(publisher, 20);
      publisher.commit().get(20, TimeUnit.SECONDS);
      disk.fill();
      steps(publisher, 100);
      publisher.commit().handle((done, failure) -> done).get(20, TimeUnit.SECONDS);
      assertThat(publisher.dropped()).containsOnlyKeys("disk_full");
      disk.free();
      steps(publisher, 20);

      JsonObject shown = finish(publisher);

      assertBalanced(shown, publisher);
      assertThat(shown.getJsonObject("progress").getLong("steps")).isBetween(40L, 139L);
    }
  }

  @Test
  void aFullDiskUnderTheJournalLosesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 16 << 10)) {
      collect(dir.resolve("disk/state"));
      EventPublisher publisher = publisher(dir.resolve("spool"), 1L << 28, EventAddresses.EVENTS);
      publisher.start(vertx).await();
      start(publisher);
      steps(publisher, 50);
      await(() -> shown().getJsonObject("progress").getLong("steps") == 50);
      disk.fill();
      steps(publisher, 100);
      await(
          () ->
              get("/metrics").contains("engram_journal_failures_total")
                  && !get("/metrics").contains("engram_journal_failures_total 0.0"));
      disk.free();
      steps(publisher, 50);

      JsonObject shown = finish(publisher);

      assertThat(publisher.dropped()).isEmpty();
      assertThat(shown.getJsonObject("progress").getLong("steps")).isEqualTo(200);
      assertBalanced(shown, publisher);
    }
  }

  @Test
  void aSpoolWhoseDiskBecomesReadOnlyDropsAndCountsAndTheRunEnds() throws Exception {
    try (SmallDisk disk =
        SmallDisk.mountThatCanFail(dir.resolve("disk"), dir.resolve("image"), 32 << 10)) {
      collect(dir.resolve("state"));
      EventPublisher publisher =
          publisher(dir.resolve("disk/spool"), 1L << 24, EventAddresses.EVENTS);
      publisher.start(vertx).await();
      start(publisher);
      steps(publisher, 50);
      await(() -> shown().getJsonObject("progress").getLong("steps") == 50);
      disk.fail();
      steps(publisher, 100);
      publisher.commit().handle((done, failure) -> done).get(20, TimeUnit.SECONDS);

      publisher.stop(Duration.ofSeconds(20)).await();

      JsonObject delivery = shown().getJsonObject("delivery");
      assertThat(publisher.dropped()).containsOnlyKeys("read_only");
      assertThat(delivery.getLong("received") - delivery.getLong("duplicate"))
          .isEqualTo(publisher.emitted() - publisher.dropped().get("read_only"));
      assertThat(shown().getJsonObject("progress").getLong("steps")).isEqualTo(50);
    }
  }

  @Test
  void aReadOnlyDiskIsNamedBeforeTheRunBegins() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 1 << 10)) {
      disk.makeReadOnly();
      Path spool = dir.resolve("disk/spool");
      assertThatThrownBy(() -> publisher(spool, QUOTA, EventAddresses.EVENTS))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("the spool " + spool + " cannot be used")
          .hasMessageContaining("Read-only file system");
    }
  }

  @Test
  void aClockThatJumpsChangesNoOrder() throws Exception {
    collect(dir.resolve("state"));
    EventPublisher first = publisher(dir.resolve("spool"), 1L << 28, EventAddresses.EVENTS);
    String deployed = (String) first.start(vertx).await();
    start(first);
    for (long jump : List.of(3_600_000L, -7_200_000L, 86_400_000L * 400, -86_400_000L * 800)) {
      now.addAndGet(jump);
      steps(first, 20);
    }
    await(() -> shown().getJsonObject("progress").getLong("steps") == 80);
    first.stop(Duration.ofSeconds(20)).await();
    vertx.undeploy(deployed).await();

    run = new SyntheticRun("alpha", 0.4, "dense0");
    EventPublisher second = publisher(dir.resolve("spool"), 1L << 28, EventAddresses.EVENTS);
    assertThat(second.incarnation()).isEqualTo(first.incarnation() + 1);
    second.start(vertx).await();
    start(second);
    steps(second, 30);

    JsonObject shown = finish(second);

    assertThat(shown.getJsonObject("progress").getLong("steps")).isEqualTo(30);
    assertBalanced(shown, second);
  }

  /** On another machine: on the same one the spool keeps it out. */
  @Test
  void ofTwoTrainersOfOneRunTheLaterOneCountsAndTheOtherIsTurnedAwayAndCounted() throws Exception {
    collect(dir.resolve("state"));
    EventPublisher earlier = publisher(dir.resolve("one"), 1L << 28, EventAddresses.EVENTS);
    earlier.start(vertx).await();
    start(earlier);
    steps(earlier, 20);
    await(() -> shown().getJsonObject("progress").getLong("steps") == 20);
    SyntheticRun ofTheEarlier = run;

    run = new SyntheticRun("alpha", 0.4, "dense0");
    now.incrementAndGet();
    EventPublisher later = publisher(dir.resolve("two"), 1L << 28, EventAddresses.EVENTS);
    later.start(vertx).await();
    start(later);
    steps(later, 10);
    await(() -> shown().getLong("incarnation") == later.incarnation());
    SyntheticRun ofTheLater = run;
    run = ofTheEarlier;
    long before = earlier.emitted();
    steps(earlier, 30);
    long turnedAway = earlier.emitted() - before;
    assertThat(earlier.stop(Duration.ofSeconds(20)).await()).isZero();
    run = ofTheLater;
    steps(later, 30);

    JsonObject shown = finish(later);

    assertThat(shown.getJsonObject("progress").getLong("steps")).isEqualTo(40);
    assertThat(shown.getJsonObject("delivery").getLong("superseded")).isEqualTo(turnedAway);
    assertThat(shown.getJsonObject("delivery").getLong("missed")).isZero();
  }

  private EventPublisher publisher(Path spool, long quota, String address) {
    return EventPublisher.spooling(
        new RunId("alpha"),
        () -> Instant.ofEpochMilli(now.get()),
        new SpoolOptions(spool, quota),
        Destination.at(address));
  }

  private void start(EventPublisher publisher) {
    emit(publisher, run.start().envelopes());
  }

  private void steps(EventPublisher publisher, int steps) throws Exception {
    for (int i = 0; i < steps; i++) {
      emit(publisher, run.step().envelopes());
    }
  }

  private static void emit(EventPublisher publisher, List<EventEnvelope> envelopes) {
    envelopes.forEach(e -> publisher.emit(e.epoch(), e.step(), e.event()));
  }

  private void collect(Path state) {
    JsonObject config =
        new JsonObject()
            .put("port", 0)
            .put("stateDir", state.toString())
            .put("journal", true)
            .put("saveIntervalSeconds", 1);
    vertx
        .deployVerticle(
            "io.engram.collector.CollectorVerticle", new DeploymentOptions().setConfig(config))
        .await();
  }

  /** What is known of the run when it has said all. */
  private JsonObject finish(EventPublisher publisher) throws Exception {
    publisher.report(0, 0, TrainerReported.State.RUNNING);
    publisher.emit(0, 0, new RunFinished(RunFinished.Outcome.COMPLETED, ""));
    assertThat(publisher.stop(Duration.ofSeconds(60)).await()).isZero();
    return shown();
  }

  /** Emitted = applied + Σ dropped, of a run of one incarnation. */
  private static void assertBalanced(JsonObject shown, EventPublisher publisher) {
    JsonObject delivery = shown.getJsonObject("delivery");
    long dropped = publisher.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(delivery.getLong("missed")).isEqualTo(dropped);
    assertThat(delivery.getLong("unexplained")).isZero();
    assertThat(delivery.getLong("received") - delivery.getLong("duplicate") + dropped)
        .isEqualTo(publisher.emitted());
  }

  private JsonObject shown() throws Exception {
    return new JsonObject(get("/api/v1/runs/alpha"))
        .getJsonObject("run", new JsonObject().put("progress", new JsonObject().put("steps", -1)));
  }

  private String get(String path) throws Exception {
    Object port = vertx.sharedData().getLocalMap("engram.collector").get("port");
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private interface Question {
    boolean ask() throws Exception;
  }

  private void await(Question question) throws Exception {
    for (int i = 0; !question.ask(); i++) {
      assertThat(i).as("%s", shown()).isLessThan(600);
      vertx.timer(50, TimeUnit.MILLISECONDS).await();
    }
  }

  private static long sizeOf(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    }
  }
}
