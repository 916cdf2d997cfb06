package io.engram.trainer.dataset;

/**
 * Labels that are wrong on purpose: uniform over the classes other than the one the data gives, so
 * that before anything is memorized a network can prefer none of them. Fixed by (seed, id).
 */
final class CanaryLabels {
  private CanaryLabels() {}

  /**
   * @param given the labels that the data gives, noise included
   * @param classes at least 2
   */
  static int[] draw(int[] given, int[] ids, int classes, long seed) {
    int[] wrong = new int[given.length];
    for (int row = 0; row < wrong.length; row++) {
      KeyedRandom random = new KeyedRandom(seed, KeyedRandom.Purpose.CANARY_LABEL, ids[row]);
      wrong[row] = (given[row] + 1 + random.nextInt(classes - 1)) % classes;
    }
    return wrong;
  }
}
