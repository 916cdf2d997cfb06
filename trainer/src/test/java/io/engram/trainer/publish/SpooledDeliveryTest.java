package io.engram.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.events.CheckpointSaved;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesDescribed;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventParcel;
import io.engram.events.wire.EventParcelCodec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real spool, forwarder, journal and runs, with a bus between them that loses, doubles and
 * mixes up, and both ends killed again and again: what is killed goes on from a copy of its folder
 * as it was at that moment.
 */
@Timeout(120)
class SpooledDeliveryTest {
  private static final String FAULTY = "faulty";
  private static final int STEPS = 6 * SyntheticRun.STEPS_PER_EPOCH;
  private static final int EVERY = 25;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<EventEnvelope> start = new ArrayList<>();
  private final List<List<EventEnvelope>> steps = new ArrayList<>();
  private int copies;
  private volatile boolean cut;
  private volatile int kills;
  private Path collectorDir;
  private String collector;
  private Path spool;
  private String forwarder;
  private EventPublisher publisher;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRunOfWhichBothEndsAreKilledIsOneThatNeverWas(long seed) throws Exception {
    makeUp();
    beginCollector(dir.resolve("unkilled"));
    beginTrainer(dir.resolve("calm"), EventAddresses.EVENTS);
    emitStart(-1);
    train(0, STEPS);
    List<String> expected = finish();
    vertx.undeploy(collector).await();

    // Of its own, for the faults: when lives end is the same however fast messages go.
    between(new Random(-seed));
    Random random = new Random(seed);
    beginCollector(dir.resolve("killed"));
    beginTrainer(dir.resolve("spool"), FAULTY);
    emitStart(-1);
    int step = 0;
    for (int life = 0; life < 12; life++) {
      int to = Math.min(STEPS, step + random.nextInt(20));
      train(step, to);
      step = to;
      vertx.timer(1 + random.nextInt(60), TimeUnit.MILLISECONDS).await();
      if (random.nextBoolean()) {
        killCollector();
      } else {
        step = killTrainer(step);
      }
    }
    train(step, STEPS);

    assertThat(finish()).isEqualTo(expected);
    JsonObject run = new JsonObject(get("/api/v1/runs/alpha")).getJsonObject("run");
    JsonObject progress = run.getJsonObject("progress");
    assertThat(progress.getLong("steps") - progress.getLong("stepsRedone")).isEqualTo(STEPS);
    assertThat(progress.getLong("stepsRedone")).isPositive();
    assertThat(run.getJsonObject("delivery").getLong("missed")).isZero();
    assertThat(new JsonObject(get("/api/v1/runs/alpha/branches")).getJsonArray("branches"))
        .isNotEmpty();
    assertThat(publisher.dropped()).isEmpty();
  }

  @Test
  void anIncarnationIsLaterThanTheSpoolsWhateverTheClockSays() throws Exception {
    makeUp();
    beginTrainer(dir.resolve("spool"), EventAddresses.EVENTS);
    emitStart(-1);
    publisher.commit().get(20, TimeUnit.SECONDS);
    assertThat(publisher.stop(Duration.ofMillis(20)).await()).isPositive();

    EventPublisher later =
        EventPublisher.spooling(
            start.get(0).run(),
            InstantSource.fixed(Instant.EPOCH),
            new SpoolOptions(spool, SpoolOptions.DEFAULT_QUOTA_BYTES),
            Destination.at(EventAddresses.EVENTS));

    assertThat(later.incarnation()).isEqualTo(publisher.incarnation() + 1);
    later.abandon();
  }

  /** It had asked the spool before the last events were emitted, and is answered afterwards. */
  @Test
  void drainingWaitsForWhatWasEmittedWhileTheSpoolWasAsked() throws Exception {
    makeUp();
    List<Object> taken = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<EventParcel>consumer(
            FAULTY,
            message -> {
              taken.add(message.body());
              message.reply(message.body().last());
            });
    EventQueue queue = new EventQueue(16, 1 << 20);
    DropCounters dropped = new DropCounters();
    Spool events = new Spool(new SpoolOptions(dir.resolve("spool"), 1 << 20), dropped);
    SpoolWorker worker = new SpoolWorker("spool", events, queue);
    SpoolForwarder asking =
        new SpoolForwarder(start.get(0).run(), 1, Destination.at(FAULTY), worker, queue, dropped);
    vertx.deployVerticle(asking).await();
    CountDownLatch held = new CountDownLatch(1);
    worker.ask(
        () -> {
          held.await();
          return null;
        });
    vertx.timer(100, TimeUnit.MILLISECONDS).await();
    queue.offer(start.get(0));
    Future<Integer> drained = asking.drain(Duration.ofSeconds(20));
    vertx.timer(50, TimeUnit.MILLISECONDS).await();
    held.countDown();

    assertThat(drained.await()).isZero();
    assertThat(taken).hasSize(1);
  }

  /** Nothing waits for ever, neither training nor its end. */
  @Test
  void aRunThatTheCollectorDoesNotTakeIsDroppedAndCounted() throws Exception {
    makeUp();
    collector =
        vertx
            .deployVerticle(
                "io.engram.collector.CollectorVerticle",
                new DeploymentOptions()
                    .setConfig(
                        new JsonObject()
                            .put("port", 0)
                            .put("mostRuns", 1)
                            .put("stateDir", dir.resolve("full").toString())
                            .put("journal", true)))
            .await();
    RunId other = new RunId("other");
    EventParcel first =
        EventParcel.of(List.of(new EventEnvelope(other, 1, 0, 0, 0, 0, new CheckpointSaved("a"))));
    EventParcelCodec.register(vertx.eventBus());
    vertx.eventBus().request(EventAddresses.EVENTS, first).await();
    beginTrainer(dir.resolve("spool"), EventAddresses.EVENTS);
    emitStart(-1);
    train(0, 20);

    assertThat(publisher.stop(Duration.ofSeconds(60)).await()).isZero();

    assertThat(publisher.dropped()).isEqualTo(Map.of("run_refused", publisher.emitted()));
  }

  private void makeUp() {
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");
    start.addAll(run.start().envelopes());
    for (int i = 0; i < STEPS; i++) {
      steps.add(run.step().envelopes());
    }
  }

  /** One of ten requests is lost, doubled, held up, or its answer is lost. */
  private void between(Random random) {
    vertx
        .eventBus()
        .<EventParcel>consumer(
            FAULTY,
            message -> {
              switch (random.nextInt(20)) {
                case 0 -> message.fail(503, "lost");
                case 1 -> {
                  pass(message);
                  vertx.eventBus().request(EventAddresses.EVENTS, message.body());
                }
                case 2 -> vertx.setTimer(1 + random.nextInt(30), late -> pass(message));
                case 3 ->
                    vertx
                        .eventBus()
                        .request(EventAddresses.EVENTS, message.body())
                        .onComplete(answer -> message.fail(503, "its answer is lost"));
                default -> pass(message);
              }
            })
        .completion()
        .await();
  }

  /** What a collector says after the moment at which it is killed is not heard. */
  private void pass(Message<EventParcel> message) {
    int asked = kills;
    vertx
        .eventBus()
        .<Long>request(EventAddresses.EVENTS, message.body())
        .onSuccess(
            answer -> {
              if (cut || asked != kills) {
                message.fail(503, "killed");
              } else {
                message.reply(answer.body());
              }
            })
        .onFailure(failure -> message.fail(503, String.valueOf(failure.getMessage())));
  }

  private void beginCollector(Path from) {
    collectorDir = from;
    JsonObject config =
        new JsonObject()
            .put("port", 0)
            .put("stateDir", from.toString())
            .put("journal", true)
            .put("saveIntervalSeconds", 1);
    collector =
        vertx
            .deployVerticle(
                "io.engram.collector.CollectorVerticle", new DeploymentOptions().setConfig(config))
            .await();
  }

  private void killCollector() {
    cut = true;
    kills++;
    Path left = copy(collectorDir);
    vertx.undeploy(collector).await();
    beginCollector(left);
    cut = false;
  }

  private void beginTrainer(Path from, String address) {
    spool = from;
    publisher =
        EventPublisher.spooling(
            start.get(0).run(),
            InstantSource.system(),
            new SpoolOptions(from, SpoolOptions.DEFAULT_QUOTA_BYTES),
            Destination.at(address));
    forwarder = (String) publisher.start(vertx).await();
  }

  /**
   * Goes on from its latest checkpoint; what it still says then may be sent, and is not in the
   * copy.
   */
  private int killTrainer(int reached) throws Exception {
    publisher.commit().get(20, TimeUnit.SECONDS);
    Path left = copy(spool);
    train(reached, Math.min(STEPS, reached - reached % EVERY + EVERY - 1));
    vertx.undeploy(forwarder).await();
    beginTrainer(left, FAULTY);
    int checkpoint = reached / EVERY * EVERY;
    emitStart(checkpoint == 0 ? -1 : checkpoint);
    return checkpoint;
  }

  private void emitStart(int resumedFrom) {
    int at = Math.max(0, resumedFrom);
    for (EventEnvelope envelope : start) {
      TrainingEvent event = envelope.event();
      if (event instanceof RunStarted header) {
        emit(at, resumed(header, resumedFrom));
      } else if (resumedFrom < 0 || event instanceof ExamplesDescribed) {
        emit(at, event);
      }
    }
  }

  private static RunStarted resumed(RunStarted h, long from) {
    return new RunStarted(
        h.dataset(), h.noise(), h.network(), h.training(), h.device(), from, h.onset());
  }

  private void train(int from, int to) throws Exception {
    for (int step = from; step < to; step++) {
      for (EventEnvelope envelope : steps.get(step)) {
        publisher.emit(envelope.epoch(), envelope.step(), envelope.event());
      }
      if ((step + 1) % EVERY == 0) {
        emit(step + 1, new CheckpointSaved("x"));
        publisher.commit().get(20, TimeUnit.SECONDS);
      }
    }
  }

  private void emit(int step, TrainingEvent event) {
    publisher.emit(step / SyntheticRun.STEPS_PER_EPOCH, step, event);
  }

  private List<String> finish() throws Exception {
    emit(STEPS, new RunFinished(RunFinished.Outcome.COMPLETED, ""));
    assertThat(publisher.stop(Duration.ofSeconds(60)).await()).isZero();
    return List.of(
        get("/api/v1/runs/alpha/series?name=step_loss"),
        get("/api/v1/runs/alpha/examples?order=hardest&limit=1000"));
  }

  private String get(String path) throws IOException, InterruptedException {
    Object port = vertx.sharedData().getLocalMap("engram.collector").get("port");
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  /** The folder as a process that is killed now would leave it. */
  private Path copy(Path from) {
    Path to = dir.resolve("copy" + copies++);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted(Comparator.comparing(SpooledDeliveryTest::rank)).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          copyFile(file, target);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Snapshots before what they build on, so that the copy is a state that there could have been.
   */
  private static int rank(Path file) {
    String name = file.toString();
    return name.endsWith(".snapshot")
        ? 1
        : Files.isDirectory(file) ? 0 : name.contains("journal") ? 3 : 2;
  }

  private static void copyFile(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException trimmedMeanwhile) {
      // as it would be after the kill
    }
  }
}
