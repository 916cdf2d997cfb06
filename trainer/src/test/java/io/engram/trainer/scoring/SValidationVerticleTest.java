package io.engram.trainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.wire.EventAddresses;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.LocalScorer;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.SValidationException;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import io.engram.trainer.svalidation.SharingScorer;
import io.engram.trainer.svalidation.SpareCores;
import io.engram.trainer.svalidation.SyntheticFeatures;
import io.engram.trainer.svalidation.Workers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SValidationVerticleTest {
  private static final ScorerLimits LIMITS = new ScorerLimits(16, 1 << 20, Duration.ofSeconds(30));

  private final Vertx vertx = Vertx.vertx();
  private final HeldScorer held = new HeldScorer();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void scoresInTheOrderInWhichTasksCame() throws Exception {
    SValidationVerticle verticle = deploy(held, LIMITS);
    List<Client> clients = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      clients.add(new Client(seed));
      int count = seed;
      poll(() -> verticle.complete() == count);
    }
    held.permits.release(4);

    for (Client client : clients) {
      assertThat(client.scores()).isEqualTo(HeldScorer.scores(client.task));
    }
    assertThat(held.begun).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void scoresOverTheBusAreThoseOfTheKernel() throws Exception {
    deploy(new SharingScorer(new SpareCores(1)), LIMITS);
    for (int rows : new int[] {7, 50}) {
      SyntheticFeatures made = SyntheticFeatures.of(rows, 3, rows);
      SyntheticFeatures other = SyntheticFeatures.of(20, 3, 1);
      ScoringTask task =
          new ScoringTask(
              made.train(),
              made.sets(),
              made.labels(),
              other.train(),
              other.labels(),
              3,
              NullProfile.FAST,
              5);
      Scores expected = new LocalScorer(new Workers(2)).score(task);

      for (int chunk : new int[] {4, 52, TaskRequest.MOST_BYTES}) {
        assertThat(new BusScorer(vertx, chunk).score(task)).isEqualTo(expected);
      }
    }
  }

  @Test
  void whatDoesNotFitIsToldAsTheKernelTellsIt() {
    deploy(new SharingScorer(new SpareCores(1)), LIMITS);
    Features train = new Features(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    Features other = new Features(2, 2, new float[] {1, 2, 3, 4});
    ScoringTask another =
        new ScoringTask(
            train, List.of(other), new int[] {0, 1, 0}, null, new int[0], 2, NullProfile.FAST, 1);

    assertThatThrownBy(() -> new BusScorer(vertx).score(another))
        .isInstanceOf(SValidationException.class)
        .hasMessage("s-validation set 0 is 2 rows × 2 features, must be the training set's 3 × 2");
  }

  /** One is being scored and as many as may wait do. */
  @Test
  void isBusyWhereTheQueueIsFullAndFreeAgainAfterwards() throws Exception {
    SValidationVerticle verticle =
        deploy(held, new ScorerLimits(2, 1 << 20, Duration.ofSeconds(30)));
    Client first = new Client(1);
    poll(() -> held.begun.size() == 1);
    Client second = new Client(2);
    Client third = new Client(3);
    poll(() -> verticle.complete() == 3);

    assertThatThrownBy(() -> new BusScorer(vertx).score(task(4)))
        .isInstanceOfSatisfying(ScorerException.class, e -> assertThat(e.busy()).isTrue())
        .hasMessageContaining("2 tasks");

    held.permits.release(4);
    first.scores();
    second.scores();
    third.scores();
    assertThat(new BusScorer(vertx).score(task(5))).isEqualTo(HeldScorer.scores(task(5)));
  }

  @Test
  void isBusyWhereTheBytesAreTakenAndRefusesWhatCouldNeverBe() throws Exception {
    long bytes = TaskHeader.of(task(1)).bytes();
    deploy(held, new ScorerLimits(16, 2 * bytes - 1, Duration.ofSeconds(30)));
    Client first = new Client(1);
    poll(() -> held.begun.size() == 1);

    assertThatThrownBy(() -> new BusScorer(vertx).score(task(2)))
        .isInstanceOfSatisfying(ScorerException.class, e -> assertThat(e.busy()).isTrue());
    Features large = new Features(100, 1, new float[100]);
    assertThatThrownBy(() -> new BusScorer(vertx).score(task(large, 3)))
        .isInstanceOfSatisfying(ScorerException.class, e -> assertThat(e.busy()).isFalse())
        .hasMessageContaining("must be at most %d: score fewer examples", 2 * bytes - 1);

    held.permits.release(2);
    first.scores();
    assertThat(new BusScorer(vertx).score(task(4))).isEqualTo(HeldScorer.scores(task(4)));
  }

  @Test
  void anInterruptedClientCancelsWhatIsScoredAndWhatWaits() throws Exception {
    SValidationVerticle verticle = deploy(held, LIMITS);
    Client scored = new Client(1);
    poll(() -> held.begun.size() == 1);
    Client waiting = new Client(2);
    poll(() -> verticle.complete() == 2);
    Client last = new Client(3);
    poll(() -> verticle.complete() == 3);

    waiting.thread.interrupt();
    scored.thread.interrupt();

    assertThatThrownBy(waiting::scores).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(scored::scores).isInstanceOf(InterruptedException.class);
    poll(() -> held.begun.contains(3L));
    held.permits.release();
    last.scores();
    assertThat(held.interrupted).contains(1L).doesNotContain(3L);
    assertThat(held.interrupted)
        .containsExactlyElementsOf(held.begun.subList(0, held.begun.size() - 1));
  }

  /** The first is cancelled while it is scored, the next before its scoring has begun. */
  @Test
  void cancelledAtWhateverMomentTheNextBegins() {
    deploy(held, LIMITS);
    for (long seed = 1; seed < 200; seed += 2) {
      Ticket scored = upload(seed);
      Ticket waiting = upload(seed + 1);
      vertx.eventBus().send(scored.address(), TaskRequest.cancel(scored.task()).encode());
      request(waiting.address(), TaskRequest.cancel(waiting.task()).encode());
    }
    Ticket last = upload(1_000);

    held.permits.release();

    assertThat(
            ScoresFormat.decode(request(last.address(), TaskRequest.await(last.task()).encode())))
        .isEqualTo(HeldScorer.scores(task(1_000)));
  }

  @Test
  void undeploymentEndsScoringWithAClearError() throws Exception {
    SValidationVerticle verticle = deploy(held, LIMITS);
    Client scored = new Client(1);
    poll(() -> held.begun.size() == 1);
    Client waiting = new Client(2);
    poll(() -> verticle.complete() == 2);

    vertx.undeploy(verticle.deploymentID()).await();

    for (Client client : List.of(scored, waiting)) {
      assertThatThrownBy(client::scores)
          .isInstanceOf(ScorerException.class)
          .message()
          .containsAnyOf("the scorer was shut down", "no s-validation scorer answers");
    }
    poll(() -> held.interrupted.contains(1L));
    assertThatThrownBy(() -> new BusScorer(vertx).score(task(3)))
        .isInstanceOf(ScorerException.class)
        .hasMessage("no s-validation scorer answers: none was started, or it is gone");
  }

  /** Where everything closes, answers may be lost. */
  @Test
  void aClosedBusLetsNobodyWait() throws Exception {
    deploy(held, LIMITS);
    Client scored = new Client(1);
    poll(() -> held.begun.size() == 1);

    vertx.close().await();

    assertThatThrownBy(scored::scores).isInstanceOf(ScorerException.class);
  }

  @Test
  void givesUpTheTaskOfAClientThatFellSilent() {
    SValidationVerticle verticle = deploy(held, new ScorerLimits(1, 99, Duration.ofMillis(40)));
    Ticket uploading = Ticket.decode(request(EventAddresses.SVALIDATION, header(1)));
    poll(() -> verticle.forgotten() == 1);
    Ticket silent = upload(2);
    poll(() -> held.interrupted.contains(2L));
    poll(() -> verticle.forgotten() == 2);

    for (Ticket ticket : List.of(uploading, silent)) {
      assertRefused(404, "there is no task", ticket.address(), TaskRequest.await(ticket.task()));
    }
  }

  @Test
  void keepsScoresUntilTheyAreAskedForOnce() {
    deploy(held, LIMITS);
    held.permits.release();
    Ticket ticket = upload(5);
    poll(() -> held.permits.availablePermits() == 0);

    Buffer scores = request(ticket.address(), TaskRequest.await(ticket.task()).encode());

    assertThat(ScoresFormat.decode(scores)).isEqualTo(HeldScorer.scores(task(5)));
    assertRefused(404, "there is no task", ticket.address(), TaskRequest.await(ticket.task()));
  }

  @Test
  void tellsWhatIsWrongWithFeaturesAndWithTheScorer() {
    Scorer failing =
        task -> {
          if (task.seed() == 1) {
            throw new SValidationException("all labels are class 0, must be at least two classes");
          }
          throw new IllegalStateException("out of trees");
        };
    deploy(failing, LIMITS);

    assertThatThrownBy(() -> new BusScorer(vertx).score(task(1)))
        .isInstanceOf(SValidationException.class)
        .hasMessage("all labels are class 0, must be at least two classes");
    assertThatThrownBy(() -> new BusScorer(vertx).score(task(2)))
        .isInstanceOf(ScorerException.class)
        .hasMessageContaining("out of trees");
  }

  @Test
  void answersMessagesThatMakeNoSenseAndGoesOn() throws Exception {
    deploy(held, LIMITS);
    assertRefused(400, "must be a buffer", EventAddresses.SVALIDATION, "begin");
    assertRefused(400, "cut short", EventAddresses.SVALIDATION, Buffer.buffer(new byte[] {1, 2}));
    Ticket ticket = Ticket.decode(request(EventAddresses.SVALIDATION, header(1)));
    String address = ticket.address();
    long task = ticket.task();

    assertRefused(400, "must be a buffer", address, 7);
    assertRefused(404, "there is no task 99", address, TaskRequest.cancel(99));
    assertRefused(409, "is not yet complete", address, TaskRequest.await(task));
    assertRefused(409, "must begin at 0", address, TaskRequest.chunk(task, 4, new byte[4]));
    assertRefused(409, "still to come", address, TaskRequest.chunk(task, 0, new byte[400]));
    assertRefused(409, "still to come", address, TaskRequest.chunk(task, 0, new byte[0]));
    assertRefused(400, "a multiple of 4", address, TaskRequest.chunk(task, 0, new byte[3]));
    byte[] much = new byte[TaskRequest.MOST_BYTES + 4];
    assertRefused(400, "at most 1048576", address, TaskRequest.chunk(task, 0, much));
    request(address, TaskRequest.cancel(task).encode());
    assertRefused(404, "there is no task", address, TaskRequest.cancel(task));

    held.permits.release();
    assertThat(new BusScorer(vertx).score(task(3))).isEqualTo(HeldScorer.scores(task(3)));
  }

  /** A task, and the thread that waits for its scores. */
  private final class Client {
    final ScoringTask task;
    final Thread thread;
    private final FutureTask<Scores> scores;

    Client(long seed) {
      task = task(seed);
      scores = new FutureTask<>(() -> new BusScorer(vertx, 8).score(task));
      thread = new Thread(scores, "client-" + seed);
      thread.start();
    }

    Scores scores() throws Exception {
      try {
        return scores.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw (Exception) e.getCause();
      }
    }
  }

  private SValidationVerticle deploy(Scorer scorer, ScorerLimits limits) {
    SValidationVerticle verticle = new SValidationVerticle(scorer, limits);
    vertx.deployVerticle(verticle).await();
    return verticle;
  }

  private static ScoringTask task(long seed) {
    return task(new Features(3, 2, new float[] {1, 2, 3, 4, 5, 6}), seed);
  }

  private static ScoringTask task(Features features, long seed) {
    int[] labels = {0, 1, 0};
    return new ScoringTask(
        features, List.of(features), labels, null, new int[0], 2, NullProfile.FAST, seed);
  }

  private static Buffer header(long seed) {
    return TaskHeader.of(task(seed)).encode();
  }

  private Ticket upload(long seed) {
    Ticket ticket = Ticket.decode(request(EventAddresses.SVALIDATION, header(seed)));
    byte[] bytes = new TaskValues(task(seed)).next(1 << 10);
    request(ticket.address(), TaskRequest.chunk(ticket.task(), 0, bytes).encode());
    return ticket;
  }

  private Buffer request(String address, Object body) {
    return vertx.eventBus().<Buffer>request(address, body).await().body();
  }

  private void assertRefused(int code, String problem, String address, TaskRequest request) {
    assertRefused(code, problem, address, request.encode());
  }

  private void assertRefused(int code, String problem, String address, Object body) {
    assertThatThrownBy(() -> request(address, body))
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(code))
        .hasMessageContaining(problem);
  }

  private static void poll(BooleanSupplier reached) {
    while (!reached.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
