package io.engram.collector.aggregate;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How the answers to one yes-or-no question changed on the same examples, and whether more changed
 * one way than chance would have it (McNemar 1947).
 *
 * @param gained examples that went from no to yes
 * @param lost examples that went from yes to no
 */
public record PairedChange(long gained, long lost) {
  /** No pair of answers to compare. */
  public static final PairedChange NONE = new PairedChange(0, 0);

  /** (gained - lost) / √(gained + lost), about standard normal if nothing changed; NaN if 0/0. */
  public double z() {
    return (gained - lost) / Math.sqrt((double) gained + lost);
  }

  /**
   * Two-sided exact p-value: the chance that of {@code gained + lost} fair coins as few or fewer
   * fall on the rarer side, doubled, at most 1; 1 where nothing changed.
   */
  public double p() {
    long n = gained + lost;
    if (n == 0 || n > Integer.MAX_VALUE) {
      return n == 0 ? 1 : Double.NaN;
    }
    double tail =
        BinomialDistribution.of((int) n, 0.5).cumulativeProbability((int) Math.min(gained, lost));
    return Math.min(1, 2 * tail);
  }
}
