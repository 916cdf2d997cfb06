package io.engram.trainer.training;

/** Seeds of a run's separate random draws, made from its one seed. */
final class Seeds {
  static final long WEIGHTS = 1;
  static final long ORDER = 2;
  static final long STEP = 3;
  static final long ADVERSARIAL = 4;

  private Seeds() {}

  /** A seed for draw number {@code index} of a purpose (SplitMix64, Steele et al. 2014). */
  static long mix(long seed, long purpose, long index) {
    return mix(mix(mix(seed) + purpose) + index);
  }

  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
