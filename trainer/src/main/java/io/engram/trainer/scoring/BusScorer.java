package io.engram.trainer.scoring;

import io.engram.events.wire.EventAddresses;
import io.engram.trainer.svalidation.SValidationException;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an {@link SValidationVerticle} score, wherever on the event bus it is. Blocks, so it is
 * never to be called on an event loop; the calling thread only waits. A scorer that vanishes is
 * noticed within {@value #ANSWER_SECONDS} seconds.
 */
public final class BusScorer implements Scorer {
  private static final Logger LOG = LoggerFactory.getLogger(BusScorer.class);
  private static final int ANSWER_SECONDS = 6;
  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setSendTimeout(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));

  /** Even a bus that is closed under a request, and so forgets it, lets nobody wait. */
  private static final int LAST_SECONDS = ANSWER_SECONDS + 2;

  private final Vertx vertx;
  private final int chunkBytes;

  public BusScorer(Vertx vertx) {
    this(vertx, TaskRequest.MOST_BYTES);
  }

  /**
   * @param chunkBytes a multiple of 4
   */
  BusScorer(Vertx vertx, int chunkBytes) {
    this.vertx = vertx;
    this.chunkBytes = chunkBytes;
  }

  @Override
  public Scores score(ScoringTask task) throws ScorerException, InterruptedException {
    try {
      Future<Ticket> taken =
          request(EventAddresses.SVALIDATION, TaskHeader.of(task).encode())
              .map(reply -> Ticket.decode(reply.body()));
      boolean scored = false;
      try {
        Scores scores = score(task, answer(taken));
        scored = true;
        return scores;
      } finally {
        if (!scored) {
          cancel(taken);
        }
      }
    } catch (Refusal e) {
      throw new ScorerException("the scorer's answer cannot be read: " + e.getMessage(), false);
    }
  }

  private Scores score(ScoringTask task, Ticket ticket)
      throws ScorerException, InterruptedException {
    TaskValues values = new TaskValues(task);
    long sent = 0;
    for (byte[] bytes = values.next(chunkBytes);
        bytes.length > 0;
        bytes = values.next(chunkBytes)) {
      ask(ticket, TaskRequest.chunk(ticket.task(), sent, bytes));
      sent += bytes.length;
    }
    Object scores;
    do {
      scores = ask(ticket, TaskRequest.await(ticket.task())).body();
    } while (scores == null);
    return ScoresFormat.decode(scores);
  }

  private Message<Object> ask(Ticket ticket, TaskRequest request)
      throws ScorerException, InterruptedException {
    return answer(request(ticket.address(), request.encode()));
  }

  private Future<Message<Object>> request(String address, Buffer body) {
    try {
      return vertx.eventBus().request(address, body, OPTIONS);
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(e);
    }
  }

  private void cancel(Future<Ticket> taken) {
    try {
      taken.onSuccess(
          ticket ->
              vertx.eventBus().send(ticket.address(), TaskRequest.cancel(ticket.task()).encode()));
    } catch (RejectedExecutionException e) {
      LOG.debug("The bus is closed: there is nobody to tell", e);
    }
  }

  private static <T> T answer(Future<T> asked) throws ScorerException, InterruptedException {
    try {
      return asked.toCompletionStage().toCompletableFuture().get(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      throw unreachable();
    }
  }

  private static ScorerException failure(@Nullable Throwable cause) {
    if (cause instanceof Refusal refusal) {
      throw refusal;
    }
    if (!(cause instanceof ReplyException reply)) {
      return new ScorerException("the scorer cannot be asked: " + cause, false);
    }
    if (reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      return unreachable();
    }
    String problem = String.valueOf(reply.getMessage());
    if (reply.failureCode() == Refusal.UNFIT) {
      throw new SValidationException(problem);
    }
    return new ScorerException(problem, reply.failureCode() == Refusal.BUSY);
  }

  private static ScorerException unreachable() {
    return new ScorerException(
        "no s-validation scorer answers: none was started, or it is gone", false);
  }
}
