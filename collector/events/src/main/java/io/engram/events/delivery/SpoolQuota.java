package io.engram.events.delivery;

/**
 * What a full spool gives up: observations of single examples, the oldest first; and only where
 * there are none left, the newest of the rest.
 *
 * @param bytes what the spool may hold
 */
public record SpoolQuota(long bytes) {
  /** What is to be done before an event is appended. */
  public enum Step {
    /** There is room. */
    APPEND,
    /** Drop the oldest segment of observations of examples, and ask again. */
    EVICT,
    /** There is no room for it: drop it. */
    DROP
  }

  /**
   * @throws IllegalArgumentException if it is not positive
   */
  public SpoolQuota {
    if (bytes < 1) {
      throw new IllegalArgumentException("a spool of %d bytes: at least 1".formatted(bytes));
    }
  }

  /**
   * @param size bytes of the event
   * @param kept bytes of what is never evicted
   * @param evictable bytes of observations of examples
   */
  public Step before(long size, long kept, long evictable) {
    if (kept + evictable + size <= bytes) {
      return Step.APPEND;
    }
    return evictable > 0 && kept + size <= bytes ? Step.EVICT : Step.DROP;
  }
}
