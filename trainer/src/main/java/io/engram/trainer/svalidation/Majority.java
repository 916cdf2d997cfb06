package io.engram.trainer.svalidation;

/** The class with the most votes. */
final class Majority {
  private Majority() {}

  /**
   * @param votes of each class, from {@code from} on
   * @param key chooses among equal ones, each as likely
   */
  static int of(int[] votes, int from, int classes, long key) {
    int most = -1;
    int tied = 0;
    int winner = 0;
    for (int c = 0; c < classes; c++) {
      int count = votes[from + c];
      if (count > most) {
        most = count;
        tied = 1;
        winner = c;
      } else if (count == most) {
        tied++;
      }
    }
    if (tied == 1) {
      return winner;
    }
    int chosen = Keys.below(tied, key);
    for (int c = 0; ; c++) {
      if (votes[from + c] == most && chosen-- == 0) {
        return c;
      }
    }
  }
}
