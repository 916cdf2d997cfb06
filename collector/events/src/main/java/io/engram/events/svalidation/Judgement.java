package io.engram.events.svalidation;

import io.engram.events.NullScores;
import java.util.Arrays;

/**
 * The permutation null of one set, its observed score, and the verdict. All scores are shares of
 * the examples, 0 to 1.
 *
 * <p>With c the chance of the most common class, n examples, B permutations, m the null's median
 * and s its standard deviation:
 *
 * <ul>
 *   <li>memorized: mean − 2.58 s / √B above c, and m at least 0.02 and at least 1.64 √(c (1 − c) /
 *       n) above c;
 *   <li>learned, if memorized: p at most 0.025, or, with fewer than 39 permutations, above all of
 *       them with z at least 4; if not memorized: above c + 2.58 √(c (1 − c) / n);
 *   <li>below the null, if memorized: as learned, on the other side;
 *   <li>undecided: the verdict would be another one if the observed score moved by its noise, or
 *       the whole null by 2.58 s / √B, up or down.
 * </ul>
 *
 * <p>Chaibub Neto 2018, §5: p-values depend on the share that is shuffled and mean little in
 * themselves. What is to be compared are the centres of networks trained and scored on the same
 * sets.
 *
 * @param permutations B
 * @param chance c
 * @param observed the score with the labels as given
 * @param mean of the null
 * @param deviation s, with B − 1
 * @param lower 2.5 % quantile of the null, interpolated as R's type 7
 * @param lowerQuartile 25 % quantile
 * @param median m, the null's centre
 * @param upperQuartile 75 % quantile
 * @param upper 97.5 % quantile
 * @param noise standard deviation of the observed score over the classifier's random draws; 0 if
 *     there are no repeats
 * @param z (observed − mean) / √(s² + noise²); NaN if that is 0 / 0
 * @param pAbove (1 + permutations that score as high or higher) / (B + 1)
 * @param pBelow (1 + permutations that score as low or lower) / (B + 1)
 * @param verdict what follows
 */
public record Judgement(
    int permutations,
    double chance,
    double observed,
    double mean,
    double deviation,
    double lower,
    double lowerQuartile,
    double median,
    double upperQuartile,
    double upper,
    double noise,
    double z,
    double pAbove,
    double pBelow,
    Verdict verdict) {
  /** What the median must lie above chance at least. */
  public static final double SMALLEST_EXCESS = 0.02;

  private static final double WIDE = 2.58;
  private static final double ONE_SIDED = 1.64;
  private static final double P = 0.025;
  private static final double FAR = 4;

  /** Permutations from which p can be {@link #P} or less. */
  private static final int FEW = 39;

  /**
   * @param examples n
   * @param mostCommon examples of the most common class
   */
  public static Judgement of(NullScores scores, int examples, int mostCommon) {
    double[] sorted =
        Arrays.stream(scores.permuted()).mapToDouble(c -> (double) c / examples).sorted().toArray();
    double observed = (double) scores.observed() / examples;
    double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
    double deviation = deviation(scores.permuted()) / examples;
    double noise = noise(scores) / examples;
    double z = (observed - mean) / Math.hypot(deviation, noise);
    Judgement plain =
        new Judgement(
            sorted.length,
            (double) mostCommon / examples,
            observed,
            mean,
            deviation,
            quantile(sorted, 0.025),
            quantile(sorted, 0.25),
            quantile(sorted, 0.5),
            quantile(sorted, 0.75),
            quantile(sorted, 0.975),
            noise,
            z,
            share(sorted, observed, 1),
            share(sorted, observed, -1),
            Verdict.UNDECIDED);
    return plain.decided(sorted, examples);
  }

  /** What the null's median must come to, to be called memorized. */
  public static double memorizedFrom(double chance, int examples) {
    return chance
        + Math.max(SMALLEST_EXCESS, ONE_SIDED * Math.sqrt(chance * (1 - chance) / examples));
  }

  /** How far the null's centre may be off. */
  double error() {
    return WIDE * deviation / Math.sqrt(permutations);
  }

  private Judgement decided(double[] sorted, int examples) {
    Verdict verdict = rule(sorted, examples, 0, 0);
    for (double side : new double[] {-1, 1}) {
      if (rule(sorted, examples, side * noise, 0) != verdict
          || rule(sorted, examples, 0, side * error()) != verdict) {
        verdict = Verdict.UNDECIDED;
        break;
      }
    }
    return new Judgement(
        permutations,
        chance,
        observed,
        mean,
        deviation,
        lower,
        lowerQuartile,
        median,
        upperQuartile,
        upper,
        noise,
        z,
        pAbove,
        pBelow,
        verdict);
  }

  /**
   * @param up what is added to the observed score
   * @param nullUp what is added to the whole null where it is compared with chance
   */
  private Verdict rule(double[] sorted, int examples, double up, double nullUp) {
    double moved = observed + up;
    double error = Math.sqrt(chance * (1 - chance) / examples);
    boolean memorized =
        mean + nullUp - error() > chance && median + nullUp >= memorizedFrom(chance, examples);
    if (!memorized) {
      return moved > chance + WIDE * error ? Verdict.LEARNED : Verdict.NEITHER;
    }
    if (beyond(sorted, moved, 1)) {
      return Verdict.MEMORIZED_AND_LEARNED;
    }
    return beyond(sorted, moved, -1) ? Verdict.BELOW_NULL : Verdict.MEMORIZED;
  }

  private boolean beyond(double[] sorted, double score, int side) {
    if (sorted.length >= FEW) {
      return share(sorted, score, side) <= P;
    }
    double outermost = side > 0 ? sorted[sorted.length - 1] : sorted[0];
    double far = side * (score - mean) / Math.hypot(deviation, noise);
    return side * (score - outermost) > 0 && far >= FAR;
  }

  private static double share(double[] sorted, double score, int side) {
    int asFar = 1;
    for (double value : sorted) {
      asFar += side * (value - score) >= 0 ? 1 : 0;
    }
    return asFar / (sorted.length + 1.0);
  }

  private static double noise(NullScores scores) {
    int[] all = Arrays.copyOf(scores.repeats(), scores.repeats().length + 1);
    all[all.length - 1] = scores.observed();
    return all.length == 1 ? 0 : deviation(all);
  }

  private static double deviation(int[] counts) {
    double mean = Arrays.stream(counts).average().orElse(Double.NaN);
    double squares = Arrays.stream(counts).mapToDouble(c -> (c - mean) * (c - mean)).sum();
    return Math.sqrt(squares / (counts.length - 1));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
