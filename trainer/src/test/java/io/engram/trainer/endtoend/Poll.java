package io.engram.trainer.endtoend;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Asks again until the answer is as it should be. */
final class Poll {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Poll() {}

  /**
   * The first answer that is as it should be.
   *
   * @throws AssertionError with the last answer, if there is none within the limit
   */
  static <T> T until(Duration limit, Callable<T> question, Predicate<T> right) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    T answer = question.call();
    while (!right.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("after %s still: %s".formatted(limit, answer));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = question.call();
    }
    return answer;
  }
}
