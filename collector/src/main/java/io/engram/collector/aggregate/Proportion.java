package io.engram.collector.aggregate;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Intervals of confidence for the share of which {@code count} of {@code n} independent examples
 * are an observation. All lie within [0, 1] and hold {@code count / n}; {@link Interval#NONE} where
 * n is 0.
 */
public final class Proportion {
  private static final double LEVEL = 0.05;
  private static final double FEW = 5;

  private Proportion() {}

  /**
   * The 95 % interval that is shown: Wilson's, and where fewer than 5 examples are of one sort
   * Clopper and Pearson's.
   *
   * @throws IllegalArgumentException if not 0 ≤ count ≤ n
   */
  public static Interval interval(long count, long n) {
    return count < FEW || count > n - FEW
        ? clopperPearson(count, n, LEVEL)
        : wilson(count, n, LEVEL);
  }

  /**
   * Wilson's score interval (Wilson 1927). Its coverage is 1 - level on average over the shares,
   * not at each.
   *
   * @param level chance, between 0 and 1, of missing the share on either side
   * @throws IllegalArgumentException if not 0 ≤ count ≤ n
   */
  public static Interval wilson(long count, long n, double level) {
    require(count, n);
    if (n == 0) {
      return Interval.NONE;
    }
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(level / 2);
    double square = z * z;
    double centre = (count + square / 2) / (n + square);
    double half = z * Math.sqrt((double) count * (n - count) / n + square / 4) / (n + square);
    double share = (double) count / n;
    return new Interval(
        Math.max(0, Math.min(share, centre - half)), Math.min(1, Math.max(share, centre + half)));
  }

  /**
   * The exact interval (Clopper and Pearson 1934): it misses the share with a chance of at most
   * {@code level}, whatever the share.
   *
   * @param level chance, between 0 and 1, of missing the share on either side
   * @throws IllegalArgumentException if not 0 ≤ count ≤ n
   */
  public static Interval clopperPearson(long count, long n, double level) {
    require(count, n);
    if (n == 0) {
      return Interval.NONE;
    }
    double lower =
        count == 0
            ? 0
            : BetaDistribution.of(count, n - count + 1.0).inverseCumulativeProbability(level / 2);
    double upper =
        count == n
            ? 1
            : BetaDistribution.of(count + 1.0, (double) n - count)
                .inverseSurvivalProbability(level / 2);
    return new Interval(lower, upper);
  }

  /**
   * One of a sequence of intervals, one for each look, that hold their shares all at once: with a
   * chance of at least 95 % there is no look, the last not fixed beforehand, at which the interval
   * misses the share of that look. The shares may differ from look to look and the looks may depend
   * on each other in any way, as they do where the same examples are looked at again. It is {@link
   * #clopperPearson} at level 0.05 / (k (k + 1)) at look k; these levels add up to 0.05.
   *
   * <p>Assumed: at each look the examples are an independent sample of those the share speaks of,
   * that is, they were drawn without regard to what is looked for.
   *
   * @param look 1, 2, …
   * @throws IllegalArgumentException if not 0 ≤ count ≤ n, or look is less than 1
   */
  public static Interval atEveryLook(long count, long n, long look) {
    if (look < 1) {
      throw new IllegalArgumentException("look %d must be at least 1".formatted(look));
    }
    return clopperPearson(count, n, LEVEL / look / (look + 1.0));
  }

  private static void require(long count, long n) {
    if (count < 0 || count > n) {
      throw new IllegalArgumentException("count %d is not between 0 and n %d".formatted(count, n));
    }
  }
}
