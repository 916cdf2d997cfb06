package io.engram.events.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a lane of a spool holds that is not known to be on the disk, gathered in one walk through
 * it. Memory: proportional to that. Not thread-safe.
 */
public final class SpoolTail {
  private final Deque<SpoolPlace> unforced = new ArrayDeque<>();
  private long forced;

  /**
   * @param begin index of the oldest record of the lane
   */
  public SpoolTail(long begin) {
    this.forced = begin;
  }

  /** Takes the next record that can be read. */
  public void add(SpoolPlace place) {
    forced = Math.max(forced, place.forced());
    unforced.add(place);
    while (!unforced.isEmpty() && unforced.element().index() < forced) {
      unforced.remove();
    }
  }

  /** How far the lane goes without a hole, in itself or in the other, which ends where it ends. */
  long whole(long end, long otherEnd) {
    long expected = forced;
    for (SpoolPlace place : unforced) {
      if (place.index() > expected || place.other() > otherEnd) {
        break;
      }
      expected++;
    }
    return Math.min(end, expected);
  }
}
