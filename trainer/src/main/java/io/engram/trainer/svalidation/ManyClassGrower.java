package io.engram.trainer.svalidation;

import java.util.Arrays;

/**
 * Trees for any number of classes up to 256. A node's state is 1 if it is pure.
 *
 * <p>With N rows in a node, n of them to the left, and L and R the sums of the squared class counts
 * on either side, the best split maximizes L / n + R / (N - n). Ranks are read from the highest
 * down, so that the rows at the lowest one, most rows of a feature that is often 0, are never
 * moved.
 */
final class ManyClassGrower extends TreeGrower {
  private static final int TOGETHER = 4;

  private final int classes;
  private final int[] votes;
  private final int[] totals;
  private final int[] right;
  private final int[] weights;
  private final int[] sorted = new int[Sort8.MOST];
  private final int[] listed;
  private final int[][] heads;
  private final int[][] following;
  private final RankSet[] occupied = new RankSet[TOGETHER];

  private double best;

  ManyClassGrower(ForestData data, int mtry, int classes) {
    super(data, mtry);
    this.classes = classes;
    votes = new int[data.heldRows * classes];
    totals = new int[classes];
    right = new int[classes];
    weights = new int[classes];
    heads = new int[TOGETHER][data.mostRanks()];
    following = new int[TOGETHER][data.rows + 1];
    listed = new int[data.mostRanks() + 3];
    for (int k = 0; k < TOGETHER; k++) {
      occupied[k] = new RankSet(data.mostRanks());
    }
  }

  @Override
  int state(int[] entries, int to) {
    int first = entries[0] >>> CLASS_SHIFT;
    for (int i = 1; i < to; i++) {
      if (entries[i] >>> CLASS_SHIFT != first) {
        return 0;
      }
    }
    return 1;
  }

  @Override
  boolean pure(int state) {
    return state == 1;
  }

  @Override
  int majority(int[] entries, int from, int to, int state, long key) {
    total(weights, entries, from, to);
    return Majority.of(weights, 0, classes, Keys.within(key, 3));
  }

  @Override
  void vote(int label, int[] held, int from, int to) {
    for (int i = from; i < to; i++) {
      votes[held[i] * classes + label]++;
    }
  }

  @Override
  int winner(int heldRow, int trees, long key) {
    return Majority.of(votes, heldRow * classes, classes, key);
  }

  @Override
  void clear() {
    Arrays.fill(votes, 0);
  }

  @Override
  void addVotes(TreeGrower other) {
    int[] theirs = ((ManyClassGrower) other).votes;
    for (int i = 0; i < votes.length; i++) {
      votes[i] += theirs[i];
    }
  }

  private static void total(int[] totals, int[] entries, int from, int to) {
    Arrays.fill(totals, 0);
    for (int i = from; i < to; i++) {
      totals[entries[i] >>> CLASS_SHIFT] += entries[i] >>> WEIGHT_SHIFT & BYTE_MASK;
    }
  }

  @Override
  boolean split(int[] entries, int from, int to, int state, int[] candidates) {
    best = -1;
    total(totals, entries, from, to);
    if (to - from <= Sort8.MOST) {
      for (int feature : candidates) {
        sortAndScan(entries, from, to, feature);
      }
      return best >= 0;
    }
    int i = 0;
    for (; i + TOGETHER <= candidates.length; i += TOGETHER) {
      linkFour(entries, from, to, candidates, i);
      for (int k = 0; k < TOGETHER; k++) {
        scan(entries, from, candidates[i + k], k);
      }
    }
    for (; i < candidates.length; i++) {
      link(entries, from, to, candidates[i]);
      scan(entries, from, candidates[i], 0);
    }
    return best >= 0;
  }

  /** Chains the rows of each rank, for four features in one pass. */
  private void linkFour(int[] entries, int from, int to, int[] candidates, int first) {
    char[] r0 = data.ranks[candidates[first]];
    char[] r1 = data.ranks[candidates[first + 1]];
    char[] r2 = data.ranks[candidates[first + 2]];
    char[] r3 = data.ranks[candidates[first + 3]];
    long[] o0 = occupied[0].bits;
    long[] o1 = occupied[1].bits;
    long[] o2 = occupied[2].bits;
    long[] o3 = occupied[3].bits;
    for (int i = from; i < to; i++) {
      int row = entries[i] & ROW_MASK;
      int link = i - from + 1;
      link(r0[row], link, heads[0], following[0], o0);
      link(r1[row], link, heads[1], following[1], o1);
      link(r2[row], link, heads[2], following[2], o2);
      link(r3[row], link, heads[3], following[3], o3);
    }
  }

  private void link(int[] entries, int from, int to, int feature) {
    char[] ranks = data.ranks[feature];
    for (int i = from; i < to; i++) {
      link(ranks[entries[i] & ROW_MASK], i - from + 1, heads[0], following[0], occupied[0].bits);
    }
  }

  private static void link(int rank, int link, int[] heads, int[] following, long[] bits) {
    following[link] = heads[rank];
    heads[rank] = link;
    bits[rank >> 6] |= 1L << rank;
  }

  private void scan(int[] entries, int from, int feature, int slot) {
    int found = occupied[slot].list(listed);
    int[] heads = this.heads[slot];
    int[] following = this.following[slot];
    Side side = new Side();
    for (int i = found - 1; i > 0; i--) {
      int rank = listed[i];
      int link = heads[rank];
      heads[rank] = 0;
      do {
        side.move(entries[from + link - 1] >>> WEIGHT_SHIFT);
        link = following[link];
      } while (link != 0);
      side.consider(feature, listed[i - 1], rank);
    }
    heads[listed[0]] = 0;
  }

  private void sortAndScan(int[] entries, int from, int to, int feature) {
    char[] ranks = data.ranks[feature];
    int size = to - from;
    for (int i = 0; i < size; i++) {
      int entry = entries[from + i];
      sorted[i] = (ranks[entry & ROW_MASK] ^ 0x8000) << 16 | entry >>> WEIGHT_SHIFT;
    }
    Sort8.sort(sorted, size);
    Side side = new Side();
    for (int i = size - 1; i > 0; i--) {
      side.move(sorted[i] & 0xffff);
      int rank = sorted[i] >>> 16 ^ 0x8000;
      int next = sorted[i - 1] >>> 16 ^ 0x8000;
      if (next != rank) {
        side.consider(feature, next, rank);
      }
    }
  }

  /** The right side of a split while rows move to it, and what is left of the left one. */
  private final class Side {
    private int rightRows;
    private int leftRows;
    private long rightSquares;
    private long leftSquares;
    private double bar = best * TIE;

    Side() {
      Arrays.fill(right, 0);
      for (int total : totals) {
        leftRows += total;
        leftSquares += (long) total * total;
      }
    }

    /**
     * @param what weight in the lower 8 bits, class above
     */
    void move(int what) {
      int weight = what & BYTE_MASK;
      int label = what >>> 8;
      int there = right[label];
      int here = totals[label] - there;
      rightSquares += (long) weight * (2 * there + weight);
      leftSquares -= (long) weight * (2 * here - weight);
      rightRows += weight;
      leftRows -= weight;
      right[label] = there + weight;
    }

    /** Of equal splits of a feature the last one considered stays, the lowest. */
    void consider(int feature, int below, int above) {
      double weighted = leftSquares * rightRows + rightSquares * leftRows;
      double rows = (double) leftRows * rightRows;
      if (weighted > bar * rows) {
        best = weighted / rows;
        bar = best / TIE;
        bestFeature = feature;
        bestBelow = below;
        bestAbove = above;
        leftState = leftSquares == (long) leftRows * leftRows ? 1 : 0;
        rightState = rightSquares == (long) rightRows * rightRows ? 1 : 0;
      }
    }
  }
}
