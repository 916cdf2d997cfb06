package io.engram.trainer.publish;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * How old the oldest event is that is not acknowledged, from marks that are set now and then: too
 * little by at most the time between two marks. Beyond {@value #MOST} marks every second goes. For
 * one thread.
 */
final class AckLag {
  static final int MOST = 4_096;

  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(long sequence, long millis) {}

  /**
   * Sets a mark.
   *
   * @param emitted sequence of the latest event
   * @param acknowledged sequence up to which all are acknowledged
   * @param millis the time now
   * @return milliseconds since the oldest mark that is not acknowledged, 0 where there is none
   */
  long mark(long emitted, long acknowledged, long millis) {
    Mark oldest = marks.peek();
    while (oldest != null && oldest.sequence <= acknowledged) {
      marks.remove();
      oldest = marks.peek();
    }
    Mark latest = marks.peekLast();
    if (emitted > acknowledged && (latest == null || emitted > latest.sequence)) {
      if (marks.size() == MOST) {
        thin();
      }
      marks.add(new Mark(emitted, millis));
    }
    return oldest == null ? 0 : Math.max(0, millis - oldest.millis);
  }

  /** The first stays. */
  private void thin() {
    Iterator<Mark> all = marks.iterator();
    while (all.hasNext()) {
      all.next();
      if (all.hasNext()) {
        all.next();
        all.remove();
      }
    }
  }
}
