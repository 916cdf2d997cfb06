package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.experiment.Quantiles;
import io.engram.trainer.experiment.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A number with its 95 % interval.
 *
 * <p>With {@value #ENOUGH} seeds or more the interval is Student's over the seeds: other images,
 * perturbations, initial weights and orders. With fewer it holds for these networks alone: a
 * percentile bootstrap over the permutations, or a normal interval over the validation examples,
 * and says nothing of other networks of the kind.
 *
 * @param value mean over the seeds
 * @param seeds number of them
 */
record Effect(double value, double low, double high, int seeds) {
  /** Seeds from which networks of a kind are judged. */
  static final int ENOUGH = 3;

  private static final int RESAMPLES = 999;
  private static final double NORMAL = 1.96;

  /**
   * Two nulls of the same permutations of the labels, in their order.
   *
   * @param of scores, as shares
   * @param from their median is subtracted from that of the others; all 0 to subtract nothing
   */
  record Nulls(double[] of, double[] from) {
    /** As many of each as both have. */
    Nulls {
      int both = Math.min(of.length, from.length);
      of = Arrays.copyOf(of, both);
      from = Arrays.copyOf(from, both);
    }

    static Nulls alone(double[] of) {
      return new Nulls(of, new double[of.length]);
    }

    private double difference() {
      return median(of) - median(from);
    }

    private double resampled(Random random) {
      double[] first = new double[of.length];
      double[] second = new double[of.length];
      for (int i = 0; i < of.length; i++) {
        int drawn = random.nextInt(of.length);
        first[i] = of[drawn];
        second[i] = from[drawn];
      }
      return median(first) - median(second);
    }
  }

  /**
   * Right or wrong answers on the same examples.
   *
   * @param examples number of them
   */
  record Answers(BitSet of, BitSet from, int examples) {
    private double difference() {
      return (of.cardinality() - from.cardinality()) / (double) examples;
    }

    /** Variance of the difference over the examples, paired. */
    private double variance() {
      BitSet changed = (BitSet) of.clone();
      changed.xor(from);
      double share = (double) changed.cardinality() / examples;
      return (share - difference() * difference()) / examples;
    }
  }

  /**
   * By how much one null's centre, its median, exceeds another's.
   *
   * @param bySeed the pairs of each seed, whose differences are averaged
   */
  static Effect centres(List<List<Nulls>> bySeed) {
    double[] values =
        bySeed.stream()
            .mapToDouble(
                pairs -> pairs.stream().mapToDouble(Nulls::difference).average().orElseThrow())
            .toArray();
    if (values.length >= ENOUGH) {
      return student(values);
    }
    Random random = new Random(1);
    List<Nulls> all = new ArrayList<>();
    bySeed.forEach(all::addAll);
    double[] resampled = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      resampled[r] = all.stream().mapToDouble(pair -> pair.resampled(random)).average().orElse(0);
    }
    Arrays.sort(resampled);
    return new Effect(
        mean(values),
        Quantiles.of(resampled, 0.025),
        Quantiles.of(resampled, 0.975),
        values.length);
  }

  /** By how much one accuracy exceeds another, a pair each seed. */
  static Effect accuracies(List<Answers> bySeed) {
    double[] values = bySeed.stream().mapToDouble(Answers::difference).toArray();
    if (values.length >= ENOUGH) {
      return student(values);
    }
    double variance = bySeed.stream().mapToDouble(Answers::variance).sum();
    double half = NORMAL * Math.sqrt(variance) / values.length;
    double mean = mean(values);
    return new Effect(mean, mean - half, mean + half, values.length);
  }

  private static Effect student(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    int freedom = values.length - 1;
    double half =
        TDistribution.of(freedom).inverseSurvivalProbability(0.025)
            * Math.sqrt(squares / freedom / values.length);
    return new Effect(mean, mean - half, mean + half, values.length);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Quantiles.of(sorted, 0.5);
  }

  /** Whether there are seeds enough to speak of networks of a kind. */
  boolean decides() {
    return seeds >= ENOUGH;
  }

  /** The whole interval above a bound, with seeds enough. */
  boolean above(double bound) {
    return decides() && low > bound;
  }

  /** The whole interval below a bound, with seeds enough. */
  boolean below(double bound) {
    return decides() && high < bound;
  }

  /** The whole interval within ± a bound, with seeds enough. */
  boolean within(double bound) {
    return decides() && low >= -bound && high <= bound;
  }

  /** What the interval is over. */
  String over() {
    return decides() ? "seeds" : "permutations";
  }

  Quantity named(String name) {
    return new Quantity(name, value, low, high);
  }
}
