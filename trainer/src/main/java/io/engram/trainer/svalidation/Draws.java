package io.engram.trainer.svalidation;

/** A sequence of uniform draws that begins at a key. */
final class Draws {
  private long state;

  Draws(long key) {
    state = key;
  }

  /** Uniform in 0 to bound - 1. */
  int below(int bound) {
    state += Keys.GAMMA;
    return Keys.below(bound, Keys.mix(state));
  }

  /** Uniform in [0, 1). */
  double unit() {
    state += Keys.GAMMA;
    return (Keys.mix(state) >>> 11) * 0x1p-53;
  }

  /**
   * Moves a uniform choice of {@code count} elements, in uniform order, to the front (Fisher and
   * Yates).
   */
  void shuffle(int[] elements, int count) {
    for (int i = 0; i < count; i++) {
      int other = i + below(elements.length - i);
      int element = elements[i];
      elements[i] = elements[other];
      elements[other] = element;
    }
  }
}
