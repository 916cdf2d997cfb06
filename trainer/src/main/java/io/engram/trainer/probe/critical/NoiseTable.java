package io.engram.trainer.probe.critical;

import java.util.Random;

/**
 * Standard normal numbers, drawn once; a vector of them begins at a place that its key fixes.
 * Vectors of different keys may share numbers, shifted against each other: every vector has
 * independent components all the same (shared noise table, Salimans et al. 2017, "Evolution
 * strategies as a scalable alternative to reinforcement learning", §2.1).
 */
final class NoiseTable {
  private static final int LENGTH = 1 << 20;

  final float[] values;
  private final long seed;
  private final int places;

  /**
   * @param size components of a vector
   */
  NoiseTable(long seed, int size) {
    this.seed = seed;
    values = new float[LENGTH + size];
    places = LENGTH;
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  /** Where the vector of a search begins: set of examples, example, iteration. */
  int offset(int set, int id, int iteration) {
    long key = mix(mix(mix(seed + set) + id) + iteration);
    return (int) ((key >>> 1) % places);
  }

  /** SplitMix64 (Steele et al. 2014). */
  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
