package io.engram.trainer.svalidation;

import java.util.Arrays;

/**
 * Grows one classification tree after another (CART: Breiman et al. 1984; as in a random forest,
 * Breiman 2001) and lets it vote on the rows to be predicted while it grows: no tree is stored, and
 * a node that no such row reaches is not grown. Not thread-safe; one for each thread.
 *
 * <p>A training row in the tree's bootstrap sample is one int: row in 16 bits, how often it was
 * drawn in 8, class in 8.
 */
abstract class TreeGrower {
  static final int WEIGHT_SHIFT = 16;
  static final int CLASS_SHIFT = 24;
  static final int ROW_MASK = 0xffff;
  static final int BYTE_MASK = 0xff;

  /** Scores nearer to each other than this are equal, and the first one found stays. */
  static final double TIE = 1 + 1e-12;

  final ForestData data;

  private final Candidates candidates;
  private final int[] drawn;
  private final int[] entries;
  private final int[] held;
  private final int[] spare;

  private int[] bounds = new int[64 * NODE];
  private long[] keys = new long[64];
  private int nodes;
  private static final int NODE = 5;

  /** The best split of a node, set by {@link #split}. */
  int bestFeature;

  int bestBelow;
  int bestAbove;
  int leftState;
  int rightState;

  TreeGrower(ForestData data, int mtry) {
    this.data = data;
    candidates = new Candidates(data.features, mtry);
    drawn = new int[data.rows];
    entries = new int[data.rows];
    held = new int[data.heldRows];
    spare = new int[Math.max(data.rows, data.heldRows)];
  }

  /** The state of a node that holds these entries. */
  abstract int state(int[] entries, int to);

  /** Whether all rows of a node are of one class. */
  abstract boolean pure(int state);

  /**
   * Looks for the split of entries {@code from} to {@code to} that lowers the Gini impurity most,
   * also where it does not lower it at all. Of equal ones that of the feature drawn first wins, and
   * its lowest threshold.
   *
   * @return whether there is one: not if every candidate is constant
   */
  abstract boolean split(int[] entries, int from, int to, int state, int[] candidates);

  /** The class of most rows of a node, ties by the key. */
  abstract int majority(int[] entries, int from, int to, int state, long key);

  /** Gives these rows one more vote for a class. */
  abstract void vote(int label, int[] held, int from, int to);

  /** The class that most of so many trees voted for, ties by the key. */
  abstract int winner(int heldRow, int trees, long key);

  /** Forgets all votes. */
  abstract void clear();

  /** Adds the votes that another grower of the same forest has collected. */
  abstract void addVotes(TreeGrower other);

  /**
   * Grows the tree of this key.
   *
   * @param labels class of each training row
   */
  final void grow(byte[] labels, long key) {
    int count = bootstrap(labels, key);
    for (int i = 0; i < held.length; i++) {
      held[i] = i;
    }
    nodes = 0;
    push(0, count, 0, held.length, state(entries, count), Keys.within(key, 0));
    while (nodes > 0) {
      nodes--;
      int at = nodes * NODE;
      node(bounds[at], bounds[at + 1], bounds[at + 2], bounds[at + 3], bounds[at + 4], keys[nodes]);
    }
  }

  private int bootstrap(byte[] labels, long key) {
    int rows = data.rows;
    Arrays.fill(drawn, 0);
    long state = Keys.within(key, 1);
    for (int i = 0; i < rows; i++) {
      state += Keys.GAMMA;
      drawn[Keys.below(rows, Keys.mix(state))]++;
    }
    int count = 0;
    for (int row = 0; row < rows; row++) {
      for (int left = drawn[row]; left > 0; left -= BYTE_MASK) {
        int weight = Math.min(left, BYTE_MASK);
        entries[count++] = row | weight << WEIGHT_SHIFT | (labels[row] & BYTE_MASK) << CLASS_SHIFT;
      }
    }
    return count;
  }

  private void push(int from, int to, int heldFrom, int heldTo, int state, long key) {
    if (heldFrom == heldTo) {
      return;
    }
    if (nodes == keys.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
      keys = Arrays.copyOf(keys, 2 * nodes);
    }
    int at = nodes * NODE;
    bounds[at] = from;
    bounds[at + 1] = to;
    bounds[at + 2] = heldFrom;
    bounds[at + 3] = heldTo;
    bounds[at + 4] = state;
    keys[nodes++] = key;
  }

  private void node(int from, int to, int heldFrom, int heldTo, int state, long key) {
    if (pure(state)) {
      vote(entries[from] >>> CLASS_SHIFT, held, heldFrom, heldTo);
      return;
    }
    if (!split(entries, from, to, state, candidates.draw(key))) {
      vote(majority(entries, from, to, state, key), held, heldFrom, heldTo);
      return;
    }
    int left = leftState;
    int right = rightState;
    int threshold = data.threshold(bestFeature, bestBelow, bestAbove);
    int heldMiddle = divide(data.held[bestFeature], threshold, held, heldFrom, heldTo);
    int middle = divide(data.ranks[bestFeature], bestBelow, entries, from, to);
    push(middle, to, heldMiddle, heldTo, right, Keys.within(key, 2));
    push(from, middle, heldFrom, heldMiddle, left, Keys.within(key, 1));
  }

  /** Rows with a rank up to {@code below} move to the lower end, the others to the upper. */
  private int divide(char[] ranks, int below, int[] entries, int from, int to) {
    int[] upper = spare;
    int low = from;
    int high = 0;
    for (int i = from; i < to; i++) {
      int entry = entries[i];
      int right = (below - ranks[entry & ROW_MASK]) >>> 31;
      entries[low] = entry;
      upper[high] = entry;
      low += 1 - right;
      high += right;
    }
    System.arraycopy(upper, 0, entries, low, high);
    return low;
  }

  private int divide(int[] values, int threshold, int[] rows, int from, int to) {
    int[] upper = spare;
    int low = from;
    int high = 0;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      int right = (int) (((long) threshold - values[row]) >>> 63);
      rows[low] = row;
      upper[high] = row;
      low += 1 - right;
      high += right;
    }
    System.arraycopy(upper, 0, rows, low, high);
    return low;
  }
}
