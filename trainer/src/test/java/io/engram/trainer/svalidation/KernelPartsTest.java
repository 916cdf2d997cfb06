package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class KernelPartsTest {
  /** A network that sorts all sequences of zeros and ones sorts all sequences (Knuth). */
  @Test
  void theNetworkSorts() {
    for (int size = 1; size <= 8; size++) {
      for (int bits = 0; bits < 1 << size; bits++) {
        int[] numbers = new int[8];
        for (int i = 0; i < size; i++) {
          numbers[i] = bits >> i & 1;
        }
        int[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        Sort8.sort(numbers, size);
        assertThat(Arrays.copyOf(numbers, size)).isEqualTo(sorted);
      }
    }
  }

  @Test
  void aRankSetListsWhatIsInItOnce() {
    Random random = new Random(1);
    for (int ranks : new int[] {1, 64, 65, 1_000, 5_000, 65_535}) {
      RankSet set = new RankSet(ranks);
      int[] into = new int[ranks + 3];
      assertThat(set.list(into)).isZero();
      for (double share : new double[] {0.001, 0.1, 1}) {
        BitSet expected = new BitSet();
        for (int rank = 0; rank < ranks; rank++) {
          if (random.nextDouble() < share) {
            expected.set(rank);
            set.bits[rank >> 6] |= 1L << rank;
          }
        }
        int found = set.list(into);
        assertThat(Arrays.copyOf(into, found)).isEqualTo(expected.stream().toArray());
        assertThat(set.list(into)).isZero();
      }
    }
  }

  @Test
  void majorityBreaksTiesAlike() {
    int[] votes = {9, 3, 5, 5, 1, 5};
    int[] counts = new int[5];
    for (int i = 0; i < 3_000; i++) {
      counts[Majority.of(votes, 1, 5, Keys.within(1, i))]++;
    }
    assertThat(counts[0] + counts[3]).isZero();
    assertThat(List.of(counts[1], counts[2], counts[4]))
        .allSatisfy(n -> assertThat(n).isBetween(880, 1_120));
    assertThat(Majority.of(votes, 0, 6, 1)).isZero();
  }

  @Test
  void floatsKeepTheirOrderAsWholeNumbers() {
    float[] ascending = {-1e30f, -2, -1e-30f, 0, 1e-40f, 1, 3e38f};
    for (int i = 0; i < ascending.length; i++) {
      assertThat(ForestData.value(ForestData.ordered(ascending[i]))).isEqualTo(ascending[i]);
      if (i > 0) {
        assertThat(ForestData.ordered(ascending[i]))
            .isGreaterThan(ForestData.ordered(ascending[i - 1]));
      }
    }
  }

  @Test
  void thresholdsLieBetweenEvenNeighbouringFloats() {
    float next = Math.nextUp(1f);
    Features train = new Features(3, 1, new float[] {1, next, Math.nextUp(next)});
    ForestData data = new ForestData(train, List.of(train));
    assertThat(ForestData.value(data.threshold(0, 0, 1))).isEqualTo(1f);
    assertThat(ForestData.value(data.threshold(0, 1, 2))).isEqualTo(next);
  }

  @Test
  void workersRunEachTaskOnce() {
    for (int count : new int[] {1, 4}) {
      try (Workers workers = new Workers(count)) {
        AtomicIntegerArray runs = new AtomicIntegerArray(1_000);
        workers.run(1_000, () -> false, (worker, task) -> runs.incrementAndGet(task));
        for (int task = 0; task < 1_000; task++) {
          assertThat(runs.get(task)).isEqualTo(1);
        }
        assertThatThrownBy(
                () ->
                    workers.run(
                        100,
                        () -> false,
                        (worker, task) -> {
                          throw new IllegalStateException("task " + task);
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("task ");
      }
    }
    assertThatThrownBy(() -> new Workers(0)).hasMessage("threads: is 0, must be at least 1");
  }
}
