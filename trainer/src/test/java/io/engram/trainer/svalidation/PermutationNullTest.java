package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.NullScores;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermutationNullTest {
  private final Workers workers = new Workers(1);

  @AfterEach
  void close() {
    workers.close();
  }

  /**
   * Labels that are independent of the features are exchangeable: the observed score is at each of
   * the B + 1 ranks as often, ties broken at random.
   */
  @Test
  void underExchangeabilityEveryRankIsAsLikely() {
    int problems = 400;
    int permutations = 19;
    NullProfile profile = new NullProfile("test", new RandomForest(9), 19, permutations, 0);
    int[] ranks = new int[permutations + 1];
    Random random = new Random(1);
    for (int i = 0; i < problems; i++) {
      Features train = uniform(random, 40, 4);
      Features set = moved(random, train);
      int[] labels = random.ints(40, 0, 2).toArray();
      NullResult result =
          PermutationNull.run(
              profile.classifier().prepare(train, List.of(set), 2),
              profile,
              labels,
              random.nextLong(),
              workers,
              () -> false);
      NullScores scores = result.sets().get(0);
      int lower = (int) Arrays.stream(scores.permuted()).filter(s -> s < scores.observed()).count();
      int equal =
          (int) Arrays.stream(scores.permuted()).filter(s -> s == scores.observed()).count();
      ranks[lower + random.nextInt(equal + 1)]++;
    }
    double expected = (double) problems / ranks.length;
    double chiSquare = Arrays.stream(ranks).mapToDouble(n -> (n - expected) * (n - expected)).sum();
    // 99.9 % quantile of chi-square with 19 degrees of freedom.
    assertThat(chiSquare / expected).as(Arrays.toString(ranks)).isLessThan(43.8);
  }

  @Test
  void scoresAreThoseOfFitsThatShareOmega() {
    SyntheticFeatures problem = SyntheticFeatures.of(100, 3, 1);
    NullProfile profile = new NullProfile("test", new RandomForest(10), 5, 5, 2);
    ShallowClassifier.Prepared prepared =
        profile.classifier().prepare(problem.train(), problem.sets(), 3);
    NullResult result =
        PermutationNull.run(prepared, profile, problem.labels(), 8, workers, () -> false);
    long omega = Keys.within(Keys.within(8, Keys.NULL), 0);
    int[] observed = prepared.score(problem.labels(), omega, workers, () -> false);
    int[] third =
        prepared.score(
            PermutationNull.permuted(problem.labels(), 8, 2), omega, workers, () -> false);
    for (int set = 0; set < 3; set++) {
      NullScores scores = result.sets().get(set);
      assertThat(scores.observed()).isEqualTo(observed[set]);
      assertThat(scores.permuted()).hasSize(5);
      assertThat(scores.permuted()[2]).isEqualTo(third[set]);
      assertThat(scores.repeats()).hasSize(2);
    }
    assertThat(result.mostCommon()).isEqualTo(34);
    assertThat(result.examples()).isEqualTo(100);
    assertThat(result.complete()).isTrue();
  }

  @Test
  void permutationsKeepTheClassesAndDiffer() {
    int[] labels = {0, 0, 0, 1, 1, 2, 3, 4, 5, 6};
    int[] first = PermutationNull.permuted(labels, 1, 0);
    assertThat(first).containsExactlyInAnyOrder(labels).isNotEqualTo(labels);
    assertThat(PermutationNull.permuted(labels, 1, 0)).isEqualTo(first);
    assertThat(PermutationNull.permuted(labels, 1, 1)).isNotEqualTo(first);
    assertThat(PermutationNull.permuted(labels, 2, 0)).isNotEqualTo(first);
  }

  @Test
  void stopsOnceNothingCanChange() {
    // Within the null, far from chance.
    assertThat(permutations(800, b -> 790 + b % 20)).isEqualTo(20);
    // Far above the null.
    assertThat(permutations(950, b -> 790 + b % 20)).isEqualTo(20);
    // At chance, compared with chance alone.
    assertThat(permutations(600, b -> 490 + b % 20)).isEqualTo(20);
    // Just above all permutations: one more may come near it.
    assertThat(permutations(811, b -> 790 + b % 20)).isEqualTo(100);
    // The centre is at what memorized asks for.
    assertThat(permutations(800, b -> 516 + b % 20)).isEqualTo(100);
  }

  private int permutations(int observed, java.util.function.IntUnaryOperator permuted) {
    NullProfile profile = new NullProfile("test", new Scripted(observed, permuted), 20, 100, 0);
    int[] labels = new int[1_000];
    Arrays.fill(labels, 0, 500, 1);
    Features features = new Features(1_000, 1, new float[1_000]);
    NullResult result =
        PermutationNull.run(
            profile.classifier().prepare(features, List.of(features), 2),
            profile,
            labels,
            1,
            workers,
            () -> false);
    int drawn = result.sets().get(0).permuted().length;
    assertThat(result.complete()).isEqualTo(drawn == 100);
    return drawn;
  }

  private record Scripted(int observed, java.util.function.IntUnaryOperator permuted)
      implements ShallowClassifier {
    @Override
    public String id() {
      return "scripted";
    }

    @Override
    public Prepared prepare(Features train, List<Features> sets, int classes) {
      return new Prepared() {
        private int fits = -1;

        @Override
        public String id() {
          return "scripted";
        }

        @Override
        public int rows() {
          return train.rows();
        }

        @Override
        public int sets() {
          return 1;
        }

        @Override
        public int classes() {
          return 2;
        }

        @Override
        public int[] score(int[] labels, long omega, Workers workers, BooleanSupplier cancelled) {
          fits++;
          return new int[] {fits == 0 ? observed : permuted.applyAsInt(fits - 1)};
        }

        @Override
        public int scoreOthers(
            int[] labels,
            Features others,
            int[] otherLabels,
            long omega,
            Workers workers,
            BooleanSupplier cancelled) {
          throw new AssertionError("the null asks about no other examples");
        }
      };
    }
  }

  @Test
  void refusesAnotherClassifierThanTheProfiles() {
    SyntheticFeatures problem = SyntheticFeatures.of(20, 2, 1);
    ShallowClassifier.Prepared prepared =
        new RandomForest(3).prepare(problem.train(), problem.sets(), 2);
    assertThatThrownBy(
            () ->
                PermutationNull.run(
                    prepared, NullProfile.FAST, problem.labels(), 1, workers, () -> false))
        .isInstanceOf(SValidationException.class)
        .hasMessageContaining("must be that of the profile FAST, random-forest-v1 trees=100");
  }

  private static Features uniform(Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new Features(rows, columns, values);
  }

  private static Features moved(Random random, Features features) {
    float[] values = features.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.1f * random.nextFloat();
    }
    return new Features(features.rows(), features.columns(), values);
  }
}
