package io.engram.trainer.scoring;

import io.engram.events.wire.EventAddresses;
import io.engram.trainer.scoring.HeldTask.Answer;
import io.engram.trainer.svalidation.SValidationException;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.ScorerException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores s-validation features for whoever asks over the event bus: one task at a time, in the
 * order in which they were complete, on a thread of its own and those of its scorer, never on the
 * event loop. What waits is bounded in number and bytes, and refused beyond. A task whose client
 * falls silent is given up. A message that makes no sense is answered with what is wrong with it.
 */
public final class SValidationVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SValidationVerticle.class);

  /** How long a client's question stays open: it notices within seconds that nobody is there. */
  static final long OPEN_MILLIS = 2_000;

  private final Scorer scorer;
  private final ScorerLimits limits;
  private final String address = EventAddresses.SVALIDATION + "." + UUID.randomUUID();
  private final Map<Long, HeldTask> tasks = new HashMap<>();
  private final Queue<HeldTask> ready = new ArrayDeque<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor(this::daemon);
  private final AtomicLong complete = new AtomicLong();
  private final AtomicLong forgotten = new AtomicLong();
  private long taken;
  private boolean scoring;

  /**
   * @param scorer called from one thread; an interrupt ends it
   */
  public SValidationVerticle(Scorer scorer) {
    this(scorer, ScorerLimits.ofThisProcess());
  }

  /**
   * @param scorer called from one thread; an interrupt ends it
   */
  public SValidationVerticle(Scorer scorer, ScorerLimits limits) {
    this.scorer = scorer;
    this.limits = limits;
  }

  private Thread daemon(Runnable work) {
    Thread worker = new Thread(work, "s-validation-scorer");
    worker.setDaemon(true);
    return worker;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(Math.max(1, limits.forgotten().toMillis() / 4), timer -> forget());
    return vertx
        .eventBus()
        .consumer(address, message -> hear(message, this::obey))
        .completion()
        .compose(
            listening ->
                vertx
                    .eventBus()
                    .consumer(
                        EventAddresses.SVALIDATION,
                        message -> hear(message, asked -> asked.reply(take(asked))))
                    .completion());
  }

  @Override
  public Future<?> stop() {
    thread.shutdownNow();
    for (HeldTask task : tasks.values()) {
      task.answer(Answer.refused(Refusal.CLOSING, "the scorer was shut down"));
    }
    tasks.clear();
    ready.clear();
    return Future.succeededFuture();
  }

  /** Tasks of which all values have come so far. */
  long complete() {
    return complete.get();
  }

  /** Tasks given up so far because nobody asked for them any more. */
  long forgotten() {
    return forgotten.get();
  }

  private interface Handler {
    void handle(Message<Object> message);
  }

  private static void hear(Message<Object> message, Handler handler) {
    try {
      handler.handle(message);
    } catch (Refusal e) {
      message.fail(e.code(), e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("A request to score s-validation failed", e);
      message.fail(Refusal.FAILED, "the scorer failed: " + e);
    }
  }

  private Buffer take(Message<Object> message) {
    TaskHeader header = TaskHeader.decode(message.body());
    if (header.bytes() > limits.bytes()) {
      throw new Refusal(
          Refusal.TOO_LARGE,
          "features and labels are %d bytes, must be at most %d: score fewer examples"
              .formatted(header.bytes(), limits.bytes()));
    }
    long waiting = tasks.values().stream().filter(task -> !task.begun).count();
    long held = tasks.values().stream().mapToLong(task -> task.bytes).sum();
    if (waiting >= limits.waiting() || header.bytes() > limits.bytes() - held) {
      throw new Refusal(
          Refusal.BUSY, "%d tasks of %d bytes wait to be scored".formatted(waiting, held));
    }
    HeldTask task = new HeldTask(++taken, header);
    tasks.put(task.number, task);
    return new Ticket(task.number, address).encode();
  }

  private void obey(Message<Object> message) {
    TaskRequest request = TaskRequest.decode(message.body());
    HeldTask task = tasks.get(request.task());
    if (task == null) {
      throw new Refusal(
          Refusal.UNKNOWN, "there is no task %d, or no longer".formatted(request.task()));
    }
    task.heard();
    switch (request.kind()) {
      case CHUNK -> {
        task.received.add(request.offset(), request.bytes());
        if (task.received.isComplete()) {
          complete.incrementAndGet();
          ready.add(task);
          scoreNext();
        }
        message.reply(null);
      }
      case AWAIT -> await(task, message);
      case CANCEL -> {
        drop(task);
        message.reply(null);
      }
    }
  }

  private void await(HeldTask task, Message<Object> question) {
    if (!task.received.isComplete()) {
      throw new Refusal(Refusal.OUT_OF_ORDER, "task %d is not yet complete".formatted(task.number));
    }
    if (task.ask(question)) {
      tasks.remove(task.number);
      return;
    }
    vertx.setTimer(
        OPEN_MILLIS,
        late -> {
          if (task.isAsking(question)) {
            task.notYet();
          }
        });
  }

  private void drop(HeldTask task) {
    tasks.remove(task.number);
    ready.remove(task);
    task.answer(Answer.refused(Refusal.UNKNOWN, "task %d was cancelled".formatted(task.number)));
    task.cancel();
  }

  private void forget() {
    long nanos = limits.forgotten().toNanos();
    for (HeldTask task : List.copyOf(tasks.values())) {
      if (task.isForgotten(nanos)) {
        drop(task);
        LOG.warn(
            "Nobody asked for s-validation task {} for {}: given up, {} so far",
            task.number,
            limits.forgotten(),
            forgotten.incrementAndGet());
      }
    }
  }

  private void scoreNext() {
    HeldTask task = scoring ? null : ready.poll();
    if (task != null) {
      scoring = true;
      task.begun = true;
      FutureTask<?> work = work(task);
      task.work = work;
      thread.execute(work);
    }
  }

  /** Lets the next begin when it is done, and when it is cancelled before it has begun, too. */
  private FutureTask<?> work(HeldTask task) {
    return new FutureTask<Void>(() -> score(task), null) {
      @Override
      protected void done() {
        context.runOnContext(
            ended -> {
              scoring = false;
              scoreNext();
            });
      }
    };
  }

  private void score(HeldTask task) {
    Answer answer = scored(task.received);
    context.runOnContext(
        back -> {
          if (task.answer(answer)) {
            tasks.remove(task.number);
          }
        });
  }

  private Answer scored(ReceivedTask task) {
    try {
      return Answer.of(ScoresFormat.encode(scorer.score(task.take())));
    } catch (SValidationException e) {
      return Answer.refused(Refusal.UNFIT, String.valueOf(e.getMessage()));
    } catch (ScorerException e) {
      return Answer.refused(
          e.busy() ? Refusal.BUSY : Refusal.FAILED, String.valueOf(e.getMessage()));
    } catch (InterruptedException | CancellationException e) {
      return Answer.refused(Refusal.FAILED, "scoring was given up");
    } catch (RuntimeException | Error e) {
      LOG.error("Scoring s-validation failed", e);
      return Answer.refused(Refusal.FAILED, "scoring failed: " + e);
    }
  }
}
