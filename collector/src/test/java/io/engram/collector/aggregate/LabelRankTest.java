package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.ExampleRole;
import io.engram.events.PredictionsMonitored;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelRankTest {
  private static final int MANY = 40;

  private static PredictionsMonitored all(float... probabilities) {
    return new PredictionsMonitored(
        ExampleRole.CANARY,
        true,
        probabilities.length,
        new int[] {5},
        new int[0],
        probabilities,
        new float[0],
        new int[0]);
  }

  @Test
  void standsAmongTheWrongClassesOnly() {
    PredictionsMonitored event = all(0.5f, 0.2f, 0.1f, 0.2f);
    assertThat(LabelRank.of(event, 0, 2, 0)).isZero();
    assertThat(LabelRank.of(event, 0, 1, 0)).isEqualTo(0.75);
    assertThat(LabelRank.of(event, 0, 0, 2)).isOne();
    assertThat(LabelRank.of(event, 0, 2, 1)).isZero();
  }

  @Test
  void thereIsNoneWhereTheLabelsSayNothing() {
    PredictionsMonitored event = all(0.5f, 0.25f, 0.25f);
    for (int[] labels : new int[][] {{1, 1}, {-1, 0}, {3, 0}, {0, -1}, {0, 3}}) {
      assertThat(LabelRank.of(event, 0, labels[0], labels[1])).isNaN();
    }
    assertThat(LabelRank.of(all(0.5f, 0.5f), 0, 0, 1)).isNaN();
  }

  /** A label drawn from the wrong classes has mean rank 1/2 and the variance that is declared. */
  @Test
  void underChanceItsMomentsAreTheDeclaredOnes() {
    for (int classes : new int[] {3, 4, 10}) {
      float[] probabilities = new float[classes];
      for (int c = 0; c < classes; c++) {
        probabilities[c] = (float) (c * 7 % 11 + 1) / 100;
      }
      double[] ranks =
          IntStream.range(1, classes)
              .mapToDouble(label -> LabelRank.of(all(probabilities), 0, label, 0))
              .toArray();
      double mean = Arrays.stream(ranks).average().orElseThrow();
      double variance =
          Arrays.stream(ranks).map(r -> (r - mean) * (r - mean)).average().orElseThrow();
      assertThat(mean).isCloseTo(0.5, within(1e-12));
      assertThat(LabelRank.variance(classes)).isCloseTo(variance, within(1e-12));
    }
  }

  @Test
  void fromTheTopClassesItIsThatOfAllWhereItCanBeKnown() {
    Random random = new Random(4);
    for (int trial = 0; trial < 200; trial++) {
      float[] p = new float[MANY];
      for (int c = 0; c < MANY; c++) {
        p[c] = random.nextFloat() / MANY;
      }
      int label = random.nextInt(MANY);
      int excluded = (label + 1 + random.nextInt(MANY - 1)) % MANY;
      int[] order =
          IntStream.range(0, MANY)
              .boxed()
              .sorted(Comparator.comparingDouble(c -> -p[c]))
              .mapToInt(c -> c)
              .toArray();
      int[] top = Arrays.copyOf(order, PredictionsMonitored.TOP);
      float[] topProbabilities = new float[top.length];
      for (int k = 0; k < top.length; k++) {
        topProbabilities[k] = p[top[k]];
      }
      int rank = IntStream.range(0, MANY).filter(i -> order[i] == label).sum() + 1;
      PredictionsMonitored event =
          new PredictionsMonitored(
              ExampleRole.CANARY,
              true,
              MANY,
              new int[] {5},
              top,
              topProbabilities,
              new float[] {p[label]},
              new int[] {rank});
      long below =
          IntStream.range(0, MANY)
              .filter(c -> c != label && c != excluded && p[c] < p[label])
              .count();
      boolean known =
          rank <= PredictionsMonitored.TOP || Arrays.stream(top).anyMatch(c -> c == excluded);
      assertThat(LabelRank.of(event, 0, label, excluded))
          .isCloseTo((double) below / (MANY - 2), within(known ? 1e-12 : 0.5 / (MANY - 2) + 1e-9));
    }
  }
}
