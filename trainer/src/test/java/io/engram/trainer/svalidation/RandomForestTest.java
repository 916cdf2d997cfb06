package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RandomForestTest {
  private static final SyntheticFeatures TWO = SyntheticFeatures.of(300, 2, 1);
  private static final SyntheticFeatures FIVE = SyntheticFeatures.of(300, 5, 2);

  private final Workers one = new Workers(1);
  private final Workers three = new Workers(3);

  @AfterEach
  void close() {
    one.close();
    three.close();
  }

  @Test
  void votesAreThoseOfAllNaiveTrees() {
    for (SyntheticFeatures problem : List.of(TWO, FIVE)) {
      int trees = 7;
      long omega = 5;
      int[] expected = new int[3];
      for (int set = 0; set < 3; set++) {
        for (int row = 0; row < 300; row++) {
          expected[set] += naive(problem, trees, omega, set, row) == problem.labels()[row] ? 1 : 0;
        }
      }
      assertThat(score(problem, new RandomForest(trees), omega, one)).isEqualTo(expected);
    }
  }

  private static int naive(SyntheticFeatures problem, int trees, long omega, int set, int row) {
    int[] votes = new int[problem.classes()];
    for (int tree = 0; tree < trees; tree++) {
      votes[naive(problem, omega, tree).predict(problem.sets().get(set), row)]++;
    }
    return Majority.of(
        votes, 0, votes.length, Keys.within(Keys.within(Keys.mix(omega), 0), set * 300 + row));
  }

  private static final java.util.Map<List<Object>, NaiveTree> GROWN = new java.util.HashMap<>();

  private static NaiveTree naive(SyntheticFeatures problem, long omega, int tree) {
    return GROWN.computeIfAbsent(
        List.of(problem.classes(), omega, tree),
        key ->
            new NaiveTree(
                problem.train(),
                problem.labels(),
                problem.classes(),
                4,
                Keys.within(Keys.mix(omega), tree + 1L)));
  }

  @Test
  void neitherThreadsNorOtherSetsChangeAScore() {
    for (SyntheticFeatures problem : List.of(TWO, FIVE)) {
      RandomForest forest = new RandomForest(50);
      int[] scores = score(problem, forest, 9, one);
      assertThat(score(problem, forest, 9, three)).isEqualTo(scores);
      ShallowClassifier.Prepared last =
          forest.prepare(problem.train(), problem.sets().subList(0, 1), problem.classes());
      assertThat(last.score(problem.labels(), 9, three, () -> false))
          .isEqualTo(Arrays.copyOf(scores, 1));
    }
  }

  @Test
  void omegaAndLabelsAreAllThatChangesAScore() {
    ShallowClassifier.Prepared prepared = new RandomForest(20).prepare(TWO.train(), TWO.sets(), 2);
    int[] first = prepared.score(TWO.labels(), 1, one, () -> false);
    int[] shuffled = PermutationNull.permuted(TWO.labels(), 1, 0);
    assertThat(prepared.score(TWO.labels(), 2, one, () -> false)).isNotEqualTo(first);
    assertThat(prepared.score(shuffled, 1, one, () -> false)).isNotEqualTo(first);
    assertThat(prepared.score(TWO.labels(), 1, one, () -> false)).isEqualTo(first);
  }

  /**
   * The references are means over 60 permutations and over R's randomForest 4.7-1.1 and ranger
   * 0.14.1, which differ by up to 0.006, with 100 trees, mtry 4 and nodesize 1 on the same
   * features; computed by the benchmarks' forests.R.
   */
  @Test
  void nullsAreThoseOfRandomForestAndRanger() {
    assertThat(nullMeans(SyntheticFeatures.of(500, 2, 3), 60))
        .satisfies(means -> assertNear(means, R_TWO, 0.01));
    assertThat(nullMeans(SyntheticFeatures.of(500, 5, 4), 60))
        .satisfies(means -> assertNear(means, R_FIVE, 0.01));
  }

  private static final double[] R_TWO = {0.8465, 0.6850, 0.5198};
  private static final double[] R_FIVE = {0.8479, 0.5492, 0.2470};

  private static void assertNear(double[] means, double[] reference, double within) {
    for (int set = 0; set < means.length; set++) {
      assertThat(means[set])
          .as(Arrays.toString(means))
          .isBetween(reference[set] - within, reference[set] + within);
    }
  }

  private double[] nullMeans(SyntheticFeatures problem, int permutations) {
    ShallowClassifier.Prepared prepared =
        new RandomForest(100).prepare(problem.train(), problem.sets(), problem.classes());
    double[] means = new double[3];
    for (int b = 0; b < permutations; b++) {
      int[] shuffled = PermutationNull.permuted(problem.labels(), 1, b);
      int[] scores = prepared.score(shuffled, b, one, () -> false);
      for (int set = 0; set < 3; set++) {
        means[set] += (double) scores[set] / problem.labels().length / permutations;
      }
    }
    return means;
  }

  @Test
  void cancellingStopsBetweenTrees() {
    ShallowClassifier.Prepared prepared =
        new RandomForest(1_000).prepare(TWO.train(), TWO.sets(), 2);
    for (Workers workers : List.of(one, three)) {
      AtomicInteger asked = new AtomicInteger();
      assertThatThrownBy(
              () -> prepared.score(TWO.labels(), 1, workers, () -> asked.incrementAndGet() > 10))
          .isInstanceOf(CancellationException.class);
      assertThat(asked).hasValueLessThan(20);
    }
    assertThat(prepared.score(TWO.labels(), 1, one, () -> false))
        .isEqualTo(score(TWO, new RandomForest(1_000), 1, three));
  }

  @Test
  void constantFeaturesPredictTheMajority() {
    Features zeros = new Features(6, 2, new float[12]);
    ShallowClassifier.Prepared prepared = new RandomForest(501).prepare(zeros, List.of(zeros), 2);
    assertThat(prepared.score(new int[] {0, 0, 0, 0, 0, 1}, 1, one, () -> false))
        .containsExactly(5);
  }

  @Test
  void theIdNamesWhatTheScoresDependOn() {
    assertThat(new RandomForest(100).id())
        .isEqualTo("random-forest-v1 trees=100 mtry=sqrt nodesize=1");
    assertThat(new RandomForest(100, 3).id()).contains("mtry=3");
  }

  @Test
  void saysWhatIsWrong() {
    Features train = TWO.train();
    RandomForest forest = new RandomForest(10);
    assertProblem(() -> new RandomForest(0), "trees: is 0, must be at least 1");
    assertProblem(() -> new RandomForest(1, 0), "mtry: is 0, must be at least 1");
    assertProblem(
        () -> new RandomForest(1, 17).prepare(train, TWO.sets(), 2),
        "there are 16 features, must be at least the 17 drawn at each node (mtry)");
    assertProblem(() -> forest.prepare(train, TWO.sets(), 1), "classes: is 1, must be 2 to 256");
    assertProblem(
        () -> forest.prepare(train, List.of(), 2),
        "there is no s-validation set, must be at least one");
    assertProblem(
        () -> forest.prepare(train, List.of(train, new Features(2, 16, new float[32])), 2),
        "s-validation set 1 is 2 rows × 16 features, must be the training set's 300 × 16");
    assertProblem(
        () -> new ForestData(new Features(65_536, 1, new float[65_536]), List.of()),
        "training set has 65536 rows, must be at most 65535: take a subset");
    ShallowClassifier.Prepared prepared = forest.prepare(train, TWO.sets(), 2);
    assertProblem(
        () -> prepared.score(new int[300], 1, one, () -> false),
        "all labels are class 0, must be at least two classes");
    assertProblem(
        () -> prepared.score(new int[7], 1, one, () -> false),
        "labels: there are 7, must be one for each of the 300 training examples");
    int[] wrong = TWO.labels().clone();
    wrong[4] = 2;
    assertProblem(
        () -> prepared.score(wrong, 1, one, () -> false),
        "label of training row 4 is 2, must be 0 to 1");
  }

  private static void assertProblem(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(SValidationException.class).hasMessage(message);
  }

  private static int[] score(
      SyntheticFeatures problem, RandomForest forest, long omega, Workers workers) {
    return forest
        .prepare(problem.train(), problem.sets(), problem.classes())
        .score(problem.labels(), omega, workers, () -> false);
  }
}
