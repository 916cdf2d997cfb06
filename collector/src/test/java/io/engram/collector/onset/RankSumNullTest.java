package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class RankSumNullTest {
  /** Counts all outcomes. */
  private static double byEnumeration(int terms, int values, int sum) {
    long all = 1;
    for (int i = 0; i < terms; i++) {
      all *= values;
    }
    long hits = 0;
    for (long outcome = 0; outcome < all; outcome++) {
      int total = 0;
      for (long rest = outcome; rest > 0; rest /= values) {
        total += (int) (rest % values);
      }
      hits += total >= sum ? 1 : 0;
    }
    return (double) hits / all;
  }

  @Test
  void isThatOfAllOutcomes() {
    for (int[] sizes : new int[][] {{1, 2}, {1, 9}, {2, 3}, {3, 9}, {5, 4}, {12, 2}}) {
      RankSumNull exact = new RankSumNull(sizes[0], sizes[1]);
      for (int sum = -1; sum <= sizes[0] * (sizes[1] - 1) + 1; sum++) {
        assertThat(exact.atLeast(sum))
            .as("m %d, v %d, sum %d", sizes[0], sizes[1], sum)
            .isCloseTo(byEnumeration(sizes[0], sizes[1], sum), within(1e-12));
      }
    }
  }

  /** The sum is the largest possible with chance v^-m, however small that is. */
  @Test
  void farTailsKeepTheirPrecision() {
    assertThat(new RankSumNull(100, 9).atLeast(800) * Math.pow(9, 100)).isCloseTo(1, within(1e-9));
    assertThat(new RankSumNull(100, 9).atLeast(799) * Math.pow(9, 100))
        .isCloseTo(101, within(1e-7));
  }

  @Test
  void isAboutNormalInTheMiddle() {
    double deviation = Math.sqrt(100 * 80 / 12.0);
    assertThat(new RankSumNull(100, 9).atLeast(460))
        .isCloseTo(NormalDistribution.of(400, deviation).survivalProbability(459.5), within(1e-3));
  }

  @Test
  void whereItWouldTakeTooLongItIsBoundedFromAbove() {
    int terms = 1_500;
    RankSumNull bound = new RankSumNull(terms, 9);
    double deviation = Math.sqrt(terms * 80 / 12.0);
    for (double z : new double[] {1, 2, 3, 5}) {
      double normal = NormalDistribution.of(0, 1).survivalProbability(z);
      assertThat(bound.atLeast(Math.round(terms * 4 + z * deviation)))
          .isBetween(normal, 20 * normal);
    }
    assertThat(bound.atLeast(terms * 4L)).isOne();
    assertThat(bound.atLeast(terms * 8L)).isBetween(0.0, 1e-300);
    assertThat(bound.atLeast(terms * 8L + 1)).isZero();
    assertThat(bound.atLeast(0)).isOne();
  }
}
