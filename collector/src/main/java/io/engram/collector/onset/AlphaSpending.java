package io.engram.collector.onset;

/**
 * Spreads a chance of error over looks whose number is not fixed beforehand: α / (k (k + 1)) at
 * look k. The parts add up to α, so that tests at these levels together err with a chance of at
 * most α, however the looks depend on each other.
 */
final class AlphaSpending {
  private AlphaSpending() {}

  /**
   * @param look 1, 2, …
   */
  static double at(long look, double alpha) {
    return alpha / look / (look + 1.0);
  }
}
