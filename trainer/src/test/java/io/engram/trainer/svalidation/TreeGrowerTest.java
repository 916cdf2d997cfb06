package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeGrowerTest {
  /** Few different values make ties and constant features; few rows, leaves of one class. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void everyTreePredictsAsTheNaiveOne(int classes) {
    Random random = new Random(classes);
    for (int problem = 0; problem < 250; problem++) {
      int rows = 2 + random.nextInt(40);
      int columns = 1 + random.nextInt(9);
      int levels = 1 + random.nextInt(12);
      requireEqual(random, rows, columns, levels, classes, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void largeNodesPredictAsTheNaiveOne(int classes) {
    Random random = new Random(classes);
    for (int levels : new int[] {3, 40, 100_000}) {
      requireEqual(random, 400, 5, levels, classes, 2);
    }
  }

  private static void requireEqual(
      Random random, int rows, int columns, int levels, int classes, int trees) {
    Features train = features(random, rows, columns, levels);
    List<Features> sets =
        List.of(
            features(random, rows, columns, levels), features(random, rows, columns, 3 * levels));
    int[] labels = random.ints(rows, 0, classes).toArray();
    int mtry = 1 + random.nextInt(columns);
    ForestData data = new ForestData(train, sets);
    for (int tree = 0; tree < trees; tree++) {
      long key = random.nextLong();
      NaiveTree naive = new NaiveTree(train, labels, classes, mtry, key);
      int[] expected = new int[data.heldRows];
      for (int held = 0; held < expected.length; held++) {
        expected[held] = naive.predict(sets.get(held / rows), held % rows);
      }
      String what = "%d × %d, mtry %d, key %d".formatted(rows, columns, mtry, key);
      assertThat(predictions(new ManyClassGrower(data, mtry, classes), labels, key))
          .as(what)
          .isEqualTo(expected);
      if (classes == 2) {
        assertThat(predictions(new TwoClassGrower(data, mtry), labels, key))
            .as(what)
            .isEqualTo(expected);
      }
    }
  }

  /** Ranks beyond one summary of the bitmap, and more candidates than are counted at once. */
  @Test
  void bothGrowersAgreeOnManyRanks() {
    Random random = new Random(1);
    int rows = 6_000;
    Features train = features(random, rows, 30, 1_000_000);
    ForestData data = new ForestData(train, List.of(features(random, rows, 30, 1_000_000)));
    int[] labels = random.ints(rows, 0, 2).toArray();
    assertThat(predictions(new TwoClassGrower(data, 5), labels, 3))
        .isEqualTo(predictions(new ManyClassGrower(data, 5, 2), labels, 3));
  }

  @Test
  void aGrowerIsAsNewForEachTree() {
    Random random = new Random(1);
    Features train = features(random, 300, 4, 50);
    ForestData data = new ForestData(train, List.of(train));
    int[] labels = random.ints(300, 0, 3).toArray();
    TreeGrower used = new ManyClassGrower(data, 2, 3);
    predictions(used, labels, 8);
    assertThat(predictions(used, labels, 9))
        .isEqualTo(predictions(new ManyClassGrower(data, 2, 3), labels, 9));
  }

  @Test
  void aRowDrawnMoreThan255TimesKeepsItsWeight() {
    Features train = new Features(2, 1, new float[] {1, 2});
    TwoClassGrower grower = new TwoClassGrower(new ForestData(train, List.of(train)), 1);
    int[] entries = {1 | 255 << 16 | 1 << 24, 1 | 45 << 16 | 1 << 24, 7 << 16};
    assertThat(grower.state(entries, 3)).isEqualTo(307 | 300 << 16);
  }

  private static int[] predictions(TreeGrower grower, int[] labels, long key) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    grower.clear();
    grower.grow(bytes, key);
    int[] winners = new int[grower.data.heldRows];
    Arrays.setAll(winners, held -> grower.winner(held, 1, 0));
    return winners;
  }

  private static Features features(Random random, int rows, int columns, int levels) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextInt(levels) - levels / 3) / 7f;
    }
    return new Features(rows, columns, values);
  }
}
