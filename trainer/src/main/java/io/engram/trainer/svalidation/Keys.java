package io.engram.trainer.svalidation;

/**
 * Random draws that depend on where they are made, not on what was drawn before: a key names a
 * place (a forest, a tree, a node), and mixing makes the keys of the places within (SplitMix64's
 * finalizer; Steele, Lea and Flood, OOPSLA 2014).
 */
final class Keys {
  static final long GAMMA = 0x9e3779b97f4a7c15L;

  /** What a run's seed is used for here; other packages use lower numbers. */
  static final long POSITIONS = 100;

  static final long DIRECTION = 101;
  static final long PERMUTATION = 102;
  static final long NULL = 103;

  private Keys() {}

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The index-th place within a place; index 0 or greater. */
  static long within(long key, long index) {
    return mix(key + GAMMA * (index + 1));
  }

  /** Uniform in 0 to bound - 1, from the upper half of a key, up to a bias below bound / 2^32. */
  static int below(int bound, long key) {
    return (int) (((key >>> 32) * bound) >>> 32);
  }
}
