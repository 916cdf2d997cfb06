package io.engram.trainer.scoring;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A task at the verticle that took it, from its header to the answer. Lives on one context. */
final class HeldTask {
  final long number;
  final long bytes;
  final ReceivedTask received;
  boolean begun;
  @Nullable Future<?> work;
  private @Nullable Answer answer;
  private @Nullable Message<Object> asking;
  private long heardNanos;

  HeldTask(long number, TaskHeader header) {
    this.number = number;
    bytes = header.bytes();
    received = new ReceivedTask(header);
    heard();
  }

  /** What scoring came to: scores as bytes, or why there are none. */
  record Answer(@Nullable Buffer scores, int code, String problem) {
    static Answer of(Buffer scores) {
      return new Answer(scores, 0, "");
    }

    static Answer refused(int code, String problem) {
      return new Answer(null, code, problem);
    }

    void give(Message<Object> asking) {
      if (scores == null) {
        asking.fail(code, problem);
      } else {
        asking.reply(scores);
      }
    }
  }

  void heard() {
    heardNanos = System.nanoTime();
  }

  /** Whether nobody asked for so long. */
  boolean isForgotten(long nanos) {
    return asking == null && System.nanoTime() - heardNanos > nanos;
  }

  /**
   * Keeps the question until there is an answer.
   *
   * @return whether it could be given at once
   */
  boolean ask(Message<Object> question) {
    notYet();
    if (answer != null) {
      answer.give(question);
      return true;
    }
    asking = question;
    return false;
  }

  /** Lets the one who asks ask again. */
  void notYet() {
    Message<Object> question = asking;
    asking = null;
    heard();
    if (question != null) {
      question.reply(null);
    }
  }

  /** Whether this is the question that is open. */
  boolean isAsking(Message<Object> question) {
    return asking == question;
  }

  /**
   * @return whether somebody was waiting for it
   */
  boolean answer(Answer found) {
    answer = found;
    Message<Object> question = asking;
    asking = null;
    heard();
    if (question == null) {
      return false;
    }
    found.give(question);
    return true;
  }

  /** Stops what is being done for it. */
  void cancel() {
    if (work != null) {
      work.cancel(true);
    }
  }
}
