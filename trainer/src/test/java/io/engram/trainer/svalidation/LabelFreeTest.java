package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The classifiers that look at no labels before they predict. */
class LabelFreeTest {
  private static final SyntheticFeatures PROBLEM = SyntheticFeatures.of(200, 3, 1);

  @Test
  void theNearestNeighbourIsTheNearest() {
    try (Workers workers = new Workers(1)) {
      int[] found =
          new NearestNeighbour()
              .prepare(PROBLEM.train(), PROBLEM.sets(), 3)
              .score(PROBLEM.labels(), 1, workers, () -> false);
      for (int set = 0; set < 3; set++) {
        int correct = 0;
        for (int row = 0; row < 200; row++) {
          int nearest = nearest(PROBLEM.sets().get(set), row);
          correct += PROBLEM.labels()[nearest] == PROBLEM.labels()[row] ? 1 : 0;
        }
        assertThat(found[set]).isEqualTo(correct);
      }
    }
  }

  private static int nearest(Features set, int row) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int other = 0; other < 200; other++) {
      double squares = 0;
      for (int column = 0; column < 16; column++) {
        squares += Math.pow(set.at(row, column) - PROBLEM.train().at(other, column), 2);
      }
      if (squares < least) {
        least = squares;
        nearest = other;
      }
    }
    return nearest;
  }

  /** A training row falls beside itself or a row equal to it. */
  @Test
  void aTreeFindsTheTrainingRowsThemselves() {
    ForestData data = new ForestData(PROBLEM.train(), List.of(PROBLEM.train()));
    char[] beside = new char[200];
    for (int tree = 0; tree < 20; tree++) {
      new LabelFreeGrower(data).grow(tree, beside);
      for (int row = 0; row < 200; row++) {
        assertThat((int) beside[row]).isEqualTo(row);
      }
    }
  }

  @Test
  void equalRowsShareTheirPlaceAtRandom() {
    Features equal = new Features(2, 3, new float[6]);
    ForestData data = new ForestData(equal, List.of(equal));
    int second = 0;
    char[] beside = new char[2];
    for (int tree = 0; tree < 1_000; tree++) {
      new LabelFreeGrower(data).grow(Keys.within(1, tree), beside);
      assertThat(beside[1]).isEqualTo(beside[0]);
      second += beside[0];
    }
    assertThat(second).isBetween(420, 580);
  }

  @Test
  void nearCopiesKeepTheirLabelsFarOnesDoNot() {
    LabelFreeTrees trees = new LabelFreeTrees(100);
    ShallowClassifier.Prepared prepared = trees.prepare(PROBLEM.train(), PROBLEM.sets(), 3);
    try (Workers one = new Workers(1);
        Workers two = new Workers(2)) {
      int[] shuffled = PermutationNull.permuted(PROBLEM.labels(), 1, 0);
      int[] scores = prepared.score(shuffled, 1, one, () -> false);
      assertThat(scores[0]).isGreaterThan(140);
      assertThat(scores[2]).isBetween(40, 110);
      assertThat(
              trees
                  .prepare(PROBLEM.train(), PROBLEM.sets(), 3)
                  .score(shuffled, 1, two, () -> false))
          .isEqualTo(scores);
    }
  }
}
