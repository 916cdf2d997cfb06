package io.engram.trainer.dataset;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014), written out so that the numbers are the same on every Java version and platform.
 *
 * <p>A sequence belongs to a (seed, purpose, id): the purpose-th number of the sequence seeded with
 * the seed seeds a second one, whose id-th number seeds this one. So what happens to an example
 * depends on the seed and its id alone, not on which other examples there are.
 */
final class KeyedRandom {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  /** What a sequence is drawn for; the order is part of every result, so new ones go last. */
  enum Purpose {
    SAMPLE,
    INPUT_SELECTION,
    INPUT_PIXELS,
    LABEL,
    GLYPH,
    CANARY_LABEL,
    ROWS
  }

  private long state;
  private double spare = Double.NaN;

  KeyedRandom(long seed, Purpose purpose, int id) {
    state = mix(mix(seed + GAMMA * (purpose.ordinal() + 1)) + GAMMA * (id + 1L));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Uniform in 0 to bound - 1, up to a bias below bound / 2^53. */
  int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Standard normal, by Marsaglia's polar method. */
  double nextGaussian() {
    if (!Double.isNaN(spare)) {
      double value = spare;
      spare = Double.NaN;
      return value;
    }
    double x;
    double y;
    double square;
    do {
      x = between(-1, 1);
      y = between(-1, 1);
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    return x * factor;
  }
}
