package io.engram.trainer.svalidation;

/** A set of ranks that is listed in ascending order and emptied by it. */
final class RankSet {
  /** Up to so many words, looking which ones are empty costs more than listing them. */
  private static final int FEW_WORDS = 24;

  final long[] bits;
  private final int[] filled;

  /**
   * @param ranks number of possible ranks
   */
  RankSet(int ranks) {
    bits = new long[(ranks + 63) / 64];
    filled = new int[bits.length];
  }

  /**
   * Lists the ranks and empties the set. Always four at a time, past the last one too: a branch on
   * how many are left would be wrong too often.
   *
   * @param into room for three more than there are
   * @return how many there are
   */
  int list(int[] into) {
    int found = 0;
    if (bits.length <= FEW_WORDS) {
      for (int word = 0; word < bits.length; word++) {
        found = list(word, into, found);
      }
      return found;
    }
    int words = 0;
    for (int word = 0; word < bits.length; word++) {
      filled[words] = word;
      words += (int) ((bits[word] | -bits[word]) >>> 63);
    }
    for (int i = 0; i < words; i++) {
      found = list(filled[i], into, found);
    }
    return found;
  }

  private int list(int word, int[] into, int from) {
    long left = bits[word];
    bits[word] = 0;
    int base = word << 6;
    int end = from + Long.bitCount(left);
    int at = from;
    do {
      into[at] = base + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      into[at + 1] = base + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      into[at + 2] = base + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      into[at + 3] = base + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      at += 4;
    } while (at < end);
    return end;
  }
}
