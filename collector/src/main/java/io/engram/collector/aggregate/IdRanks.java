package io.engram.collector.aggregate;

/**
 * Where an id stands among ids that leave few gaps: a bit for each number between the first and the
 * last, and how many are set before each 64 of them. O(1); 12 bits for 8 numbers.
 */
final class IdRanks {
  private static final int WIDEST = 16;

  private final int first;
  private final long[] members;
  private final int[] before;

  /**
   * @param ids ascending, without duplicates
   * @param size how many of them count, at least one
   */
  IdRanks(int[] ids, int size) {
    first = ids[0];
    members = new long[(int) ((span(ids, size) + Long.SIZE - 1) / Long.SIZE)];
    before = new int[members.length];
    for (int i = 0; i < size; i++) {
      int offset = ids[i] - first;
      members[offset / Long.SIZE] |= 1L << offset;
    }
    for (int word = 1; word < members.length; word++) {
      before[word] = before[word - 1] + Long.bitCount(members[word - 1]);
    }
  }

  /** Whether the ids leave so few gaps that this takes at most 3 bytes an id. */
  static boolean suits(int[] ids, int size) {
    return size > 0 && span(ids, size) <= (long) WIDEST * size;
  }

  private static long span(int[] ids, int size) {
    return (long) ids[size - 1] - ids[0] + 1;
  }

  /** How many ids are smaller, or -1 if it is not one of them. */
  int of(int id) {
    long offset = (long) id - first;
    if (offset < 0 || offset >= (long) Long.SIZE * members.length) {
      return -1;
    }
    int word = (int) (offset / Long.SIZE);
    long bit = 1L << offset;
    return (members[word] & bit) == 0
        ? -1
        : before[word] + Long.bitCount(members[word] & (bit - 1));
  }
}
