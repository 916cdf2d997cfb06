package io.engram.events.delivery;

/**
 * Where the two lanes of a spool are to be cut after a crash, so that nothing in the order is
 * missing before what is left: one lane may have reached the disk further than the other, or with a
 * hole. What is cut was never known to be on the disk, so that nobody relies on it.
 *
 * <p>What is evicted or let go at the beginning of a lane is no hole, and neither is a sequence
 * number that was dropped before it was appended: both leave no index out. Nor is damage to what
 * was on the disk; it costs the record that it hit.
 *
 * @param first index after the last record of the first lane that stays
 * @param second of the second
 */
public record SpoolEnds(long first, long second) {
  /**
   * Compares two lanes.
   *
   * @param firstEnd index after the last record of the first
   * @param secondEnd of the second
   */
  public static SpoolEnds of(SpoolTail first, long firstEnd, SpoolTail second, long secondEnd) {
    SpoolEnds ends = new SpoolEnds(firstEnd, secondEnd);
    while (true) {
      long a = first.whole(ends.first, ends.second);
      long b = second.whole(ends.second, a);
      SpoolEnds next = new SpoolEnds(a, b);
      if (next.equals(ends)) {
        return ends;
      }
      ends = next;
    }
  }
}
