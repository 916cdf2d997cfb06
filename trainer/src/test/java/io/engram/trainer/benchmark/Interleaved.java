package io.engram.trainer.benchmark;

/**
 * Numbers of several variants, taken turn by turn in one process, so that whatever changes around
 * them (clock rate, other load, the compiler) meets them all alike.
 *
 * @param rounds element v, r: what variant v took in round r
 */
record Interleaved(double[][] rounds) {

  /** Does a fixed amount of work and tells what it took, in any unit that all variants share. */
  @FunctionalInterface
  interface Variant {
    double measure() throws Exception;
  }

  /**
   * Measures every variant once in each round, a different one first from round to round.
   *
   * @param warmUps rounds whose numbers are thrown away
   * @param rounds rounds that count
   */
  static Interleaved measure(int warmUps, int rounds, Variant... variants) throws Exception {
    double[][] found = new double[variants.length][rounds];
    for (int round = -warmUps; round < rounds; round++) {
      for (int turn = 0; turn < variants.length; turn++) {
        int variant = Math.floorMod(round + turn, variants.length);
        double number = variants[variant].measure();
        if (round >= 0) {
          found[variant][round] = number;
        }
      }
    }
    return new Interleaved(found);
  }

  /** Median of one variant. */
  Estimate median(int variant) {
    return Estimate.median(rounds[variant]);
  }

  /** Median of one variant over the median of another. */
  Estimate ratio(int above, int below) {
    return Estimate.ratioOfMedians(rounds[above], rounds[below]);
  }
}
