package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.trainer.spec.InvalidSettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SampleTest {
  private static final int SIZE = 120;

  /** Class 0 has 60 examples, class 1 40, class 2 20; ids are not rows. */
  private static final RawSet SET = set();

  private static RawSet set() {
    RawSet set =
        new RawSet(
            new ImageShape(1, 2, 1), new int[SIZE], new byte[SIZE], TestFiles.pattern(2 * SIZE, 1));
    for (int row = 0; row < SIZE; row++) {
      set.ids()[row] = 1_000 + 3 * row;
      set.labels()[row] = (byte) (row % 6 < 3 ? 0 : row % 6 < 5 ? 1 : 2);
    }
    return set;
  }

  private static List<Integer> ids(RawSet set) {
    return Arrays.stream(set.ids()).boxed().toList();
  }

  private static int[] counts(RawSet set) {
    int[] counts = new int[3];
    for (byte label : set.labels()) {
      counts[label]++;
    }
    return counts;
  }

  @Property(tries = 100)
  void aSmallerSampleIsPartOfALargerOne(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = SIZE) int one,
      @ForAll @IntRange(min = 1, max = SIZE) int other) {
    List<Integer> small = ids(Sample.draw(SET, null, Math.min(one, other), seed, "n"));
    List<Integer> large = ids(Sample.draw(SET, null, Math.max(one, other), seed, "n"));

    assertThat(small).hasSize(Math.min(one, other)).isSorted().doesNotHaveDuplicates();
    assertThat(large).containsAll(small);
  }

  @Property(tries = 100)
  void classesAreBalancedUntilOneRunsOut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
    int[] counts = counts(Sample.draw(SET, null, count, seed, "n"));
    Arrays.sort(counts);

    assertThat(counts[2] - counts[0]).isLessThanOrEqualTo(1);
  }

  @Test
  void theOtherClassesGoOnAfterOneRanOut() {
    assertThat(counts(Sample.draw(SET, null, 90, 1, "n"))).containsExactly(35, 35, 20);
    assertThat(counts(Sample.draw(SET, null, 110, 1, "n"))).containsExactly(50, 40, 20);
  }

  @Test
  void examplesKeepTheirIdLabelAndPixels() {
    RawSet sample = Sample.draw(SET, List.of(2, 0), 30, 7, "n");

    assertThat(counts(sample)).containsExactly(15, 0, 15);
    for (int row = 0; row < sample.size(); row++) {
      int from = (sample.ids()[row] - 1_000) / 3;
      assertThat(sample.labels()[row]).isEqualTo(SET.labels()[from]);
      assertThat(sample.pixels()[2 * row]).isEqualTo(SET.pixels()[2 * from]);
      assertThat(sample.pixels()[2 * row + 1]).isEqualTo(SET.pixels()[2 * from + 1]);
    }
  }

  @Test
  void dependsOnTheSeed() {
    assertThat(ids(Sample.draw(SET, null, 30, 1, "n")))
        .isEqualTo(ids(Sample.draw(SET, null, 30, 1, "n")))
        .isNotEqualTo(ids(Sample.draw(SET, null, 30, 2, "n")));
  }

  @Test
  void isUniformWithinAClass() {
    int[] drawn = new int[SIZE];
    for (int seed = 0; seed < 500; seed++) {
      for (int id : Sample.draw(SET, List.of(1), 10, seed, "n").ids()) {
        drawn[(id - 1_000) / 3]++;
      }
    }
    for (int row = 0; row < SIZE; row++) {
      if (SET.labels()[row] == 1) {
        assertThat(drawn[row]).isBetween(Binomial.low(500, 0.25), Binomial.high(500, 0.25));
      } else {
        assertThat(drawn[row]).isZero();
      }
    }
  }

  @Test
  void agreesWithARoundRobinOverTheClasses() {
    List<List<Integer>> piles = new ArrayList<>();
    for (int label = 0; label < 3; label++) {
      List<Integer> pile = new ArrayList<>();
      for (int row = 0; row < SIZE; row++) {
        if (SET.labels()[row] == label) {
          pile.add(SET.ids()[row]);
        }
      }
      pile.sort((a, b) -> Long.compare(key(a), key(b)));
      piles.add(pile);
    }
    List<Integer> expected = new ArrayList<>();
    for (int round = 0; round < 60; round++) {
      List<Integer> turn = new ArrayList<>();
      for (List<Integer> pile : piles) {
        if (round < pile.size()) {
          turn.add(pile.get(round));
        }
      }
      turn.sort((a, b) -> Long.compare(key(a), key(b)));
      expected.addAll(turn);
    }
    for (int count : new int[] {1, 2, 17, 100, 119}) {
      List<Integer> first = new ArrayList<>(expected.subList(0, count));
      Collections.sort(first);
      assertThat(ids(Sample.draw(SET, null, count, 5, "n"))).isEqualTo(first);
    }
  }

  private static long key(int id) {
    return new KeyedRandom(5, KeyedRandom.Purpose.SAMPLE, id).nextLong();
  }

  @Test
  void refusesMoreThanThereAre() {
    assertThatThrownBy(() -> Sample.draw(SET, List.of(1), 41, 1, "data.training"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("data.training: is 41, must be at most the 40 examples there are");
  }
}
