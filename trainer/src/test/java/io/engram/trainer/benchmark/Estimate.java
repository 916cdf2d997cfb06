package io.engram.trainer.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * A number found in rounds, with a 95 % interval from the percentile bootstrap over the rounds
 * (Efron and Tibshirani 1993, chapter 13): 2,000 times as many rounds are drawn, with replacement,
 * and the number is found anew. Same rounds, same interval.
 *
 * @param value the number over all rounds
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
record Estimate(double value, double low, double high) {
  private static final int RESAMPLES = 2_000;
  private static final long SEED = 7;

  /** The median over the rounds. */
  static Estimate median(double[] rounds) {
    return bootstrap(rounds.length, drawn -> median(rounds, drawn));
  }

  /**
   * The median of one thing over the median of another, both measured in each round; rounds are
   * drawn as pairs, so that what disturbed both does not widen the interval.
   */
  static Estimate ratioOfMedians(double[] above, double[] below) {
    if (above.length != below.length) {
      throw new IllegalArgumentException(
          "%d and %d rounds are not pairs".formatted(above.length, below.length));
    }
    return bootstrap(above.length, drawn -> median(above, drawn) / median(below, drawn));
  }

  /**
   * A percentile of everything recorded in all rounds.
   *
   * @param percentile 0 to 100
   */
  static Estimate percentile(List<Histogram> rounds, double percentile) {
    return bootstrap(
        rounds.size(),
        drawn -> {
          Histogram all = rounds.get(0).copy();
          all.reset();
          Arrays.stream(drawn).forEach(i -> all.add(rounds.get(i)));
          return all.getValueAtPercentile(percentile);
        });
  }

  /** The same in another unit. */
  Estimate times(double factor) {
    return new Estimate(value * factor, low * factor, high * factor);
  }

  private static Estimate bootstrap(int rounds, ToDoubleFunction<int[]> statistic) {
    if (rounds == 0) {
      throw new IllegalArgumentException("no rounds were measured");
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] found = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      found[i] = statistic.applyAsDouble(random.ints(rounds, 0, rounds).toArray());
    }
    Arrays.sort(found);
    return new Estimate(
        statistic.applyAsDouble(IntStream.range(0, rounds).toArray()),
        found[(int) (0.025 * (RESAMPLES - 1))],
        found[(int) Math.ceil(0.975 * (RESAMPLES - 1))]);
  }

  private static double median(double[] values, int[] drawn) {
    double[] sorted = Arrays.stream(drawn).mapToDouble(i -> values[i]).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
