package io.engram.collector.aggregate;

/** Arithmetic on counts that come from outside and must never turn negative. */
final class Counts {
  private Counts() {}

  /** The sum of two counts that are not negative, at most {@link Long#MAX_VALUE}. */
  static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
