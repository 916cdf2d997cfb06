package io.engram.trainer.svalidation;

import java.util.Arrays;

/**
 * Trees for two classes. Counts of rows and of rows of class 1 share an int (16 bits each), so that
 * one addition carries both; a node's state is the pair of its totals.
 *
 * <p>With N rows in a node, N1 of class 1, n and n1 of them to the left, the Gini impurity falls by
 * 2 D² / (n (N - n) N²), where D = n1 N - n N1: the best split maximizes D² / (n (N - n)).
 */
final class TwoClassGrower extends TreeGrower {
  private static final int LOW = 0xffff;
  private static final int TOGETHER = 4;
  private static final int BLOCK = 16;
  private static final int DENSE = 4;

  /** Trees that voted for class 1, for each row to be predicted. */
  private final int[] votes;

  private final int[][] counts;
  private final RankSet[] occupied = new RankSet[TOGETHER];
  private final int[] sorted;
  private final int[] listed;

  private double bar;

  TwoClassGrower(ForestData data, int mtry) {
    super(data, mtry);
    votes = new int[data.heldRows];
    int most = data.mostRanks();
    counts = new int[TOGETHER][(most + BLOCK - 1) / BLOCK * BLOCK];
    for (int k = 0; k < TOGETHER; k++) {
      occupied[k] = new RankSet(most);
    }
    sorted = new int[Sort8.MOST];
    listed = new int[most + 3];
  }

  @Override
  int state(int[] entries, int to) {
    int state = 0;
    for (int i = 0; i < to; i++) {
      state += increment(entries[i]);
    }
    return state;
  }

  private static int increment(int entry) {
    int weight = entry >>> WEIGHT_SHIFT & BYTE_MASK;
    return weight | weight << 16 & -(entry >>> CLASS_SHIFT);
  }

  @Override
  boolean pure(int state) {
    int ones = state >>> 16;
    return ones == 0 || ones == (state & LOW);
  }

  @Override
  int majority(int[] entries, int from, int to, int state, long key) {
    int difference = 2 * (state >>> 16) - (state & LOW);
    return difference == 0 ? Keys.below(2, Keys.within(key, 3)) : difference > 0 ? 1 : 0;
  }

  @Override
  void vote(int label, int[] held, int from, int to) {
    if (label == 1) {
      for (int i = from; i < to; i++) {
        votes[held[i]]++;
      }
    }
  }

  @Override
  boolean split(int[] entries, int from, int to, int state, int[] candidates) {
    bar = -1;
    int size = to - from;
    if (size <= Sort8.MOST) {
      for (int feature : candidates) {
        sortAndScan(entries, from, to, state, feature);
      }
    } else {
      int i = 0;
      for (; i + 4 <= candidates.length; i += 4) {
        fourFeatures(entries, from, to, state, candidates, i);
      }
      for (; i < candidates.length; i++) {
        oneFeature(entries, from, to, state, candidates[i]);
      }
    }
    rightState = state - leftState;
    return bar >= 0;
  }

  private void fourFeatures(
      int[] entries, int from, int to, int state, int[] candidates, int first) {
    int f0 = candidates[first];
    int f1 = candidates[first + 1];
    int f2 = candidates[first + 2];
    int f3 = candidates[first + 3];
    int most =
        Math.max(
            Math.max(data.distinct[f0].length, data.distinct[f1].length),
            Math.max(data.distinct[f2].length, data.distinct[f3].length));
    if ((long) (to - from) * DENSE >= most) {
      count(entries, from, to, data.ranks[f0], data.ranks[f1], data.ranks[f2], data.ranks[f3]);
      for (int k = 0; k < 4; k++) {
        scanBlocks(state, candidates[first + k], counts[k]);
      }
    } else {
      scatter(entries, from, to, f0, f1, f2, f3);
      for (int k = 0; k < 4; k++) {
        scan(state, candidates[first + k], counts[k], occupied[k]);
      }
    }
  }

  private void oneFeature(int[] entries, int from, int to, int state, int feature) {
    scatter(entries, from, to, feature, counts[0], occupied[0].bits);
    scan(state, feature, counts[0], occupied[0]);
  }

  private void count(int[] entries, int from, int to, char[] r0, char[] r1, char[] r2, char[] r3) {
    int[] c0 = counts[0];
    int[] c1 = counts[1];
    int[] c2 = counts[2];
    int[] c3 = counts[3];
    for (int i = from; i < to; i++) {
      int entry = entries[i];
      int row = entry & ROW_MASK;
      int increment = increment(entry);
      c0[r0[row]] += increment;
      c1[r1[row]] += increment;
      c2[r2[row]] += increment;
      c3[r3[row]] += increment;
    }
  }

  /**
   * Reads the counts block by block and empties them. Within a block that takes a rows of class 1
   * and b of class 0 to the left, D stays between D - b N1 and D + a N0, and n (N - n) is least at
   * one of its ends: most blocks cannot hold a better split than the best one known.
   */
  private void scanBlocks(int state, int feature, int[] counts) {
    int ranks = data.distinct[feature].length;
    int total = state & LOW;
    long ones = state >>> 16;
    long zeros = total - ones;
    double bar = this.bar;
    int best = -1;
    int bestLeft = 0;
    int left = 0;
    for (int from = 0; from < ranks; from += BLOCK) {
      int sum = 0;
      for (int rank = from; rank < from + BLOCK; rank++) {
        sum += counts[rank];
      }
      int next = left + sum;
      int n = left & LOW;
      int end = next & LOW;
      long d = (left >>> 16) * (long) total - n * ones;
      int a = sum >>> 16;
      int b = (sum & LOW) - a;
      double most = Math.max(d + a * zeros, b * ones - d);
      if (most * most > bar * Math.min(n * (total - n), end * (total - end))) {
        for (int rank = from; rank < from + BLOCK; rank++) {
          n = left & LOW;
          double deviation = (left >>> 16) * (long) total - n * ones;
          if (deviation * deviation > bar * (n * (total - n))) {
            bar = deviation * deviation / (n * (total - n)) * TIE;
            best = rank;
            bestLeft = left;
          }
          left += counts[rank];
        }
      }
      left = next;
    }
    if (best >= 0) {
      this.bar = bar;
      bestFeature = feature;
      bestBelow = best - 1;
      while (counts[bestBelow] == 0) {
        bestBelow--;
      }
      bestAbove = best;
      while (counts[bestAbove] == 0) {
        bestAbove++;
      }
      leftState = bestLeft;
    }
    Arrays.fill(counts, 0, ranks, 0);
  }

  private void scatter(int[] entries, int from, int to, int f0, int f1, int f2, int f3) {
    char[] r0 = data.ranks[f0];
    char[] r1 = data.ranks[f1];
    char[] r2 = data.ranks[f2];
    char[] r3 = data.ranks[f3];
    int[] c0 = counts[0];
    int[] c1 = counts[1];
    int[] c2 = counts[2];
    int[] c3 = counts[3];
    long[] o0 = occupied[0].bits;
    long[] o1 = occupied[1].bits;
    long[] o2 = occupied[2].bits;
    long[] o3 = occupied[3].bits;
    for (int i = from; i < to; i++) {
      int entry = entries[i];
      int row = entry & ROW_MASK;
      int increment = increment(entry);
      int k0 = r0[row];
      int k1 = r1[row];
      int k2 = r2[row];
      int k3 = r3[row];
      c0[k0] += increment;
      c1[k1] += increment;
      c2[k2] += increment;
      c3[k3] += increment;
      o0[k0 >> 6] |= 1L << k0;
      o1[k1 >> 6] |= 1L << k1;
      o2[k2 >> 6] |= 1L << k2;
      o3[k3 >> 6] |= 1L << k3;
    }
  }

  private void scatter(int[] entries, int from, int to, int feature, int[] counts, long[] bits) {
    char[] ranks = data.ranks[feature];
    for (int i = from; i < to; i++) {
      int entry = entries[i];
      int rank = ranks[entry & ROW_MASK];
      counts[rank] += increment(entry);
      bits[rank >> 6] |= 1L << rank;
    }
  }

  /** Reads the counts in ascending order of their ranks, and empties them. */
  private void scan(int state, int feature, int[] counts, RankSet occupied) {
    int found = occupied.list(listed);
    int total = state & LOW;
    long ones = state >>> 16;
    int[] listed = this.listed;
    double bar = this.bar;
    int best = -1;
    int bestLeft = 0;
    int left = 0;
    for (int i = 0; i < found; i++) {
      int rank = listed[i];
      int n = left & LOW;
      double d = (left >>> 16) * (long) total - n * ones;
      if (d * d > bar * (n * (total - n))) {
        bar = d * d / (n * (total - n)) * TIE;
        best = i;
        bestLeft = left;
      }
      left += counts[rank];
      counts[rank] = 0;
    }
    if (best >= 0) {
      this.bar = bar;
      bestFeature = feature;
      bestBelow = listed[best - 1];
      bestAbove = listed[best];
      leftState = bestLeft;
    }
  }

  private void sortAndScan(int[] entries, int from, int to, int state, int feature) {
    char[] ranks = data.ranks[feature];
    int[] sorted = this.sorted;
    int size = to - from;
    for (int i = 0; i < size; i++) {
      int entry = entries[from + i];
      sorted[i] = (ranks[entry & ROW_MASK] ^ 0x8000) << 16 | entry >>> WEIGHT_SHIFT;
    }
    Sort8.sort(sorted, size);
    int total = state & LOW;
    long ones = state >>> 16;
    int left = 0;
    int previous = sorted[0];
    for (int i = 1; i < size; i++) {
      left += increment(previous << 16);
      int next = sorted[i];
      if (next >> 16 != previous >> 16) {
        int n = left & LOW;
        double d = (left >>> 16) * (long) total - n * ones;
        if (d * d > bar * (n * (total - n))) {
          bar = d * d / (n * (total - n)) * TIE;
          bestFeature = feature;
          bestBelow = previous >>> 16 ^ 0x8000;
          bestAbove = next >>> 16 ^ 0x8000;
          leftState = left;
        }
      }
      previous = next;
    }
  }

  @Override
  int winner(int heldRow, int trees, long key) {
    int difference = 2 * votes[heldRow] - trees;
    return difference == 0 ? Keys.below(2, key) : difference > 0 ? 1 : 0;
  }

  @Override
  void clear() {
    Arrays.fill(votes, 0);
  }

  @Override
  void addVotes(TreeGrower other) {
    int[] theirs = ((TwoClassGrower) other).votes;
    for (int i = 0; i < votes.length; i++) {
      votes[i] += theirs[i];
    }
  }
}
