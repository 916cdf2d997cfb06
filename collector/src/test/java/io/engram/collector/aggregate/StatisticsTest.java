package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Each statistic against its definition, worked out the long way. */
class StatisticsTest {
  @Property(tries = 200)
  void giniIsTheMeanDifferenceOfTwoValues(@ForAll @Size(min = 1, max = 40) int[] whole) {
    double[] values = Arrays.stream(whole).mapToDouble(i -> Math.floorMod(i, 21) / 4.0).toArray();
    double sum = Arrays.stream(values).sum();
    double differences = 0;
    for (double a : values) {
      for (double b : values) {
        differences += Math.abs(a - b);
      }
    }
    double expected = differences / (2 * values.length * sum);
    Gini gini = Gini.of(values);
    if (sum == 0) {
      assertThat(gini.coefficient()).isNaN();
      assertThat(gini.interval()).isEqualTo(Interval.NONE);
    } else {
      assertThat(gini.coefficient()).isCloseTo(expected, within(1e-12));
      assertThat(gini.interval().lower()).isBetween(0.0, gini.coefficient());
      assertThat(gini.interval().upper()).isBetween(gini.coefficient(), 1.0);
    }
    assertThat(gini.values()).isEqualTo(values.length);
  }

  @Test
  void giniLeavesOutWhatIsNoNonNegativeNumber() {
    double[] values = {Double.NaN, 1, -1, 3, Double.POSITIVE_INFINITY};
    assertThat(Gini.of(values).coefficient()).isEqualTo(0.25);
    assertThat(Gini.of(values).values()).isEqualTo(2);
    assertThat(Gini.of(new double[0]).coefficient()).isNaN();
  }

  @Property(tries = 100)
  void repeatedValuesCountAsOftenAsTheyOccur(
      @ForAll @Size(min = 2, max = 10) int[] whole, @ForAll Random random) {
    double[] sorted =
        Arrays.stream(whole).mapToDouble(i -> 1 + Math.floorMod(i, 9)).sorted().toArray();
    int[] times = random.ints(sorted.length, 0, 4).toArray();
    times[0]++;
    double[] written =
        IntStream.range(0, sorted.length)
            .boxed()
            .flatMapToDouble(i -> IntStream.range(0, times[i]).mapToDouble(t -> sorted[i]))
            .toArray();
    int[] once = new int[sorted.length];
    Arrays.fill(once, 1);
    double[] coefficients = GiniResamples.of(once, times).coefficients(sorted);
    assertThat(coefficients[0]).isCloseTo(Gini.ofSorted(sorted), within(1e-12));
    assertThat(coefficients[1]).isCloseTo(Gini.ofSorted(written), within(1e-12));
  }

  @Test
  void giniFromRangesIsNearTheExactOne() {
    Random random = new Random(1);
    double[] values = random.doubles(150_000).map(u -> Math.pow(u, 3)).toArray();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Gini gini = Gini.of(values);
    assertThat(gini.coefficient()).isCloseTo(Gini.ofSorted(sorted), within(1e-3));
    assertThat(gini.coefficient()).isCloseTo(0.6, within(5e-3));
    assertThat(gini.interval().upper() - gini.interval().lower()).isBetween(0.001, 0.01);
  }

  /** The Gini coefficient of an exponential distribution is one half. */
  @Test
  void theBootstrapIntervalHoldsTheTruthMostOfTheTime() {
    Random random = new Random(2);
    for (int n : new int[] {200, 5_000}) {
      int held = 0;
      for (int trial = 0; trial < 100; trial++) {
        Interval interval =
            Gini.of(random.doubles(n).map(u -> -Math.log(1 - u)).toArray()).interval();
        held += interval.lower() <= 0.5 && 0.5 <= interval.upper() ? 1 : 0;
      }
      assertThat(held).as("of 100 intervals of %d values", n).isBetween(86, 100);
    }
  }

  @Property(tries = 100)
  void clopperAndPearsonCutOffTailsOfTheBinomial(
      @ForAll @IntRange(min = 1, max = 60) int n, @ForAll @IntRange(max = 60) int drawn) {
    int count = Math.min(n, drawn);
    Interval interval = Proportion.clopperPearson(count, n, 0.05);
    double atLeast = tail(n, interval.lower(), count, n);
    double atMost = tail(n, interval.upper(), 0, count);
    assertThat(atLeast).isCloseTo(count == 0 ? 1 : 0.025, within(1e-8));
    assertThat(atMost).isCloseTo(count == n ? 1 : 0.025, within(1e-8));
  }

  private static double tail(int n, double p, int from, int to) {
    double sum = 0;
    for (int k = from; k <= to; k++) {
      sum += choose(n, k) * Math.pow(p, k) * Math.pow(1 - p, n - k);
    }
    return sum;
  }

  private static double choose(int n, int k) {
    double product = 1;
    for (int i = 1; i <= k; i++) {
      product *= (double) (n - k + i) / i;
    }
    return product;
  }

  @Property(tries = 100)
  void wilsonSolvesTheScoreEquation(
      @ForAll @IntRange(min = 1, max = 500) int n, @ForAll @IntRange(max = 500) int drawn) {
    int count = Math.min(n, drawn);
    double share = (double) count / n;
    Interval interval = Proportion.wilson(count, n, 0.05);
    for (double end : new double[] {interval.lower(), interval.upper()}) {
      double z = Math.abs(share - end) / Math.sqrt(end * (1 - end) / n);
      assertThat(end == 0 || end == 1 || Math.abs(z - 1.959964) < 1e-5).isTrue();
    }
    boolean few = count < 5 || count > n - 5;
    assertThat(Proportion.interval(count, n))
        .isEqualTo(few ? Proportion.clopperPearson(count, n, 0.05) : interval);
  }

  @Test
  void proportionsRefuseWhatCannotBe() {
    assertThat(Proportion.interval(0, 0)).isEqualTo(Interval.NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proportion.interval(3, 2))
        .withMessage("count 3 is not between 0 and n 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proportion.atEveryLook(1, 2, 0))
        .withMessage("look 0 must be at least 1");
  }

  /** Independent looks are the worst case of the union of chances that it spends. */
  @Test
  void theSequenceHoldsAtAllLooksAtOnceWhereSingleIntervalsDoNot() {
    Random random = new Random(3);
    int missedOnce = 0;
    int missedBySingle = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      boolean missed = false;
      boolean single = false;
      for (int look = 1; look <= 30; look++) {
        double share = 0.02 + 0.01 * look;
        int count = (int) random.doubles(100).filter(u -> u < share).count();
        missed |= misses(Proportion.atEveryLook(count, 100, look), share);
        single |= misses(Proportion.interval(count, 100), share);
      }
      missedOnce += missed ? 1 : 0;
      missedBySingle += single ? 1 : 0;
    }
    assertThat(missedOnce).isLessThanOrEqualTo(runs / 20);
    assertThat(missedBySingle).isGreaterThan(runs / 3);
  }

  private static boolean misses(Interval interval, double share) {
    return share < interval.lower() || share > interval.upper();
  }

  @Property(tries = 100)
  void mcNemarCountsFairCoins(
      @ForAll @IntRange(max = 40) int gained, @ForAll @IntRange(max = 40) int lost) {
    PairedChange change = new PairedChange(gained, lost);
    int n = gained + lost;
    double expected = Math.min(1, 2 * tail(n, 0.5, 0, Math.min(gained, lost)));
    assertThat(change.p()).isCloseTo(expected, within(1e-9));
    if (n == 0) {
      assertThat(change.z()).isNaN();
    } else {
      assertThat(change.z() * change.z())
          .isCloseTo((double) (gained - lost) * (gained - lost) / n, within(1e-9));
    }
  }

  @Property(tries = 100)
  void aurocCountsPairs(@ForAll @Size(min = 1, max = 30) int[] whole, @ForAll Random random) {
    int n = whole.length;
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      int level = Math.floorMod(whole[i], 9);
      scores[i] = level == 8 ? Float.NaN : level - 4;
      positive[i] = random.nextBoolean();
    }
    double right = 0;
    int pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (positive[i] && !positive[j]) {
          float a = Float.isNaN(scores[i]) ? -9 : scores[i];
          float b = Float.isNaN(scores[j]) ? -9 : scores[j];
          right += a > b ? 1 : a == b ? 0.5 : 0;
          pairs++;
        }
      }
    }
    Double expected = right / pairs;
    assertThat(Ranking.auroc(Ranking.shares(scores), positive)).isEqualTo(expected);
  }

  @Test
  void scoresAreRankedFromTheLowestInfinityOn() {
    float[] scores = {
      Float.POSITIVE_INFINITY, -0f, 0f, -Float.MIN_VALUE, Float.NEGATIVE_INFINITY, Float.NaN, -2, 3
    };
    assertThat(Ranking.shares(scores))
        .containsExactly(8 / 8f, 5.5f / 8, 5.5f / 8, 4 / 8f, 2 / 8f, 1 / 8f, 3 / 8f, 7 / 8f);
  }

  @Test
  void theEffectiveRankCountsEqualDirections() {
    assertThat(EffectiveRank.of(new double[] {3, 3, 3, 0, -1e-12})).isCloseTo(3, within(1e-9));
    assertThat(EffectiveRank.of(new double[] {4, 2, 2})).isCloseTo(Math.pow(2, 1.5), within(1e-12));
    assertThat(EffectiveRank.of(new double[] {0, 0})).isNaN();
    assertThat(EffectiveRank.of(new double[] {1, Double.NaN})).isNaN();
    assertThat(EffectiveRank.of(new double[] {1, Double.POSITIVE_INFINITY})).isNaN();
    assertThat(EffectiveRank.trace(new double[] {4, 2, -1})).isEqualTo(6);
  }

  @Test
  void theClassMatrixTellsTheDiagonalFromTheRest() {
    ClassMatrix matrix =
        new ClassMatrix(3, new double[] {4, 1, Double.NaN, Math.E, 8, 1, 0, Math.E, Double.NaN});
    assertThat(matrix.dominance()).isCloseTo(6 / ((2 + 2 * Math.E) / 5), within(1e-12));
    assertThat(matrix.heterogeneity()).isCloseTo(0.5, within(1e-12));
    assertThat(ClassMatrix.NONE.dominance()).isNaN();
    assertThat(ClassMatrix.NONE.heterogeneity()).isNaN();
  }
}
