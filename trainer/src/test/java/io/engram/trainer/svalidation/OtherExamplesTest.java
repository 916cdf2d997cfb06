package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Fitted classifiers that are asked about examples of another number, with labels of their own. */
class OtherExamplesTest {
  private static final SyntheticFeatures PROBLEM = SyntheticFeatures.of(120, 3, 1);
  private static final Features OTHERS = SyntheticFeatures.of(70, 3, 2).sets().get(0);
  private static final int[] OTHER_LABELS = SyntheticFeatures.of(70, 3, 2).labels();
  private static final Workers workers = new Workers(2);

  @AfterAll
  static void close() {
    workers.close();
  }

  private static int asked(ShallowClassifier classifier, int[] labels, Features others, int[] of) {
    return classifier
        .prepare(PROBLEM.train(), PROBLEM.sets(), 3)
        .scoreOthers(labels, others, of, 5, workers, () -> false);
  }

  @Test
  void aForestAnswersTreeByTreeAsTheTextbookHasIt() {
    int[] labels = PermutationNull.permuted(PROBLEM.labels(), 3, 0);
    int[][] votes = new int[70][3];
    for (int tree = 0; tree < 25; tree++) {
      long key = Keys.within(Keys.mix(5), tree + 1L);
      NaiveTree naive = new NaiveTree(PROBLEM.train(), labels, 3, 4, key);
      for (int row = 0; row < 70; row++) {
        votes[row][naive.predict(OTHERS, row)]++;
      }
    }
    int correct = 0;
    for (int row = 0; row < 70; row++) {
      long tie = Keys.within(Keys.within(Keys.mix(5), 0), row);
      correct += Majority.of(votes[row], 0, 3, tie) == OTHER_LABELS[row] ? 1 : 0;
    }
    assertThat(asked(new RandomForest(25), labels, OTHERS, OTHER_LABELS)).isEqualTo(correct);
  }

  @Test
  void theNearestNeighbourLendsItsLabel() {
    int correct = 0;
    for (int row = 0; row < 70; row++) {
      int nearest = 0;
      for (int other = 1; other < 120; other++) {
        nearest = squares(row, other) < squares(row, nearest) ? other : nearest;
      }
      correct += PROBLEM.labels()[nearest] == OTHER_LABELS[row] ? 1 : 0;
    }
    assertThat(asked(new NearestNeighbour(), PROBLEM.labels(), OTHERS, OTHER_LABELS))
        .isEqualTo(correct);
  }

  private static double squares(int row, int other) {
    double sum = 0;
    for (int column = 0; column < OTHERS.columns(); column++) {
      sum += Math.pow(OTHERS.at(row, column) - PROBLEM.train().at(other, column), 2);
    }
    return sum;
  }

  /** Asked about a set, they say what they say of it anyway. */
  @Test
  void theFitIsThatOfTheSets() {
    for (ShallowClassifier classifier :
        List.of(new RandomForest(25), new LabelFreeTrees(25), new NearestNeighbour())) {
      Features first = PROBLEM.sets().get(0);
      int[] scores =
          classifier
              .prepare(PROBLEM.train(), PROBLEM.sets(), 3)
              .score(PROBLEM.labels(), 5, workers, () -> false);
      assertThat(asked(classifier, PROBLEM.labels(), first, PROBLEM.labels()))
          .as(classifier.id())
          .isEqualTo(scores[0]);
    }
  }

  @Test
  void saysWhatDoesNotFit() {
    for (ShallowClassifier classifier :
        List.of(new RandomForest(2), new LabelFreeTrees(2), new NearestNeighbour())) {
      assertThatThrownBy(
              () ->
                  asked(classifier, PROBLEM.labels(), new Features(2, 3, new float[6]), new int[2]))
          .hasMessage("other examples have 3 features, must have the training set's 16");
      assertThatThrownBy(() -> asked(classifier, PROBLEM.labels(), OTHERS, new int[3]))
          .hasMessage("labels: there are 3, must be one for each of the 70 other examples");
      assertThatThrownBy(() -> asked(classifier, new int[120], OTHERS, OTHER_LABELS))
          .hasMessage("all labels are class 0, must be at least two classes");
    }
  }

  @Test
  void theLocalScorerDoesWhatTheKernelDoes() throws Exception {
    ScoringTask task =
        new ScoringTask(
            PROBLEM.train(),
            PROBLEM.sets(),
            PROBLEM.labels(),
            OTHERS,
            OTHER_LABELS,
            3,
            NullProfile.SKETCH,
            7);
    ShallowClassifier.Prepared prepared =
        NullProfile.SKETCH.classifier().prepare(PROBLEM.train(), PROBLEM.sets(), 3);
    Scores scores = new LocalScorer(workers).score(task);
    assertThat(scores.result())
        .isEqualTo(
            PermutationNull.run(
                prepared, NullProfile.SKETCH, PROBLEM.labels(), 7, workers, () -> false));
    assertThat(scores.validationCorrect())
        .isEqualTo(
            prepared.scoreOthers(
                PROBLEM.labels(),
                OTHERS,
                OTHER_LABELS,
                PermutationNull.omega(7),
                workers,
                () -> false));
  }

  @Test
  void interruptingTheCallerEndsScoring() {
    ScoringTask task =
        new ScoringTask(
            PROBLEM.train(),
            PROBLEM.sets(),
            PROBLEM.labels(),
            null,
            new int[0],
            3,
            NullProfile.PAPER,
            7);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new LocalScorer(workers).score(task))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
