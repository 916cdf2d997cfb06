package io.engram.trainer.svalidation;

import java.util.ArrayDeque;
import java.util.Deque;

/** Grows one totally random tree and finds the training row that each held row falls beside. */
final class LabelFreeGrower {
  private final ForestData data;
  private final int[] rows;
  private final int[] held;
  private final int[] features;
  private final int[] spare;

  /** A node holds part of the rows and of the held rows. */
  private record Node(int from, int to, int heldFrom, int heldTo, long key) {}

  LabelFreeGrower(ForestData data) {
    this.data = data;
    rows = upTo(data.rows);
    held = upTo(data.heldRows);
    features = upTo(data.features);
    spare = new int[Math.max(data.rows, data.heldRows)];
  }

  private static int[] upTo(int count) {
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = i;
    }
    return all;
  }

  /**
   * @param beside receives a training row for each held row
   */
  void grow(long key, char[] beside) {
    Deque<Node> nodes = new ArrayDeque<>();
    nodes.push(new Node(0, rows.length, 0, held.length, key));
    while (!nodes.isEmpty()) {
      Node node = nodes.pop();
      if (node.heldFrom == node.heldTo) {
        continue;
      }
      Draws draws = new Draws(node.key);
      int feature = varying(node, draws);
      if (feature < 0) {
        int row = rows[node.from + draws.below(node.to - node.from)];
        for (int i = node.heldFrom; i < node.heldTo; i++) {
          beside[held[i]] = (char) row;
        }
        continue;
      }
      int threshold = threshold(node, feature, draws);
      int middle = divide(data.ordered[feature], threshold, rows, node.from, node.to);
      int heldMiddle = divide(data.held[feature], threshold, held, node.heldFrom, node.heldTo);
      long right = Keys.within(node.key, 2);
      long left = Keys.within(node.key, 1);
      nodes.push(new Node(middle, node.to, heldMiddle, node.heldTo, right));
      nodes.push(new Node(node.from, middle, node.heldFrom, heldMiddle, left));
    }
  }

  /** A feature that is not the same for all rows of the node, -1 if there is none. */
  private int varying(Node node, Draws draws) {
    if (node.to - node.from == 1) {
      return -1;
    }
    for (int left = features.length; left > 0; left--) {
      int at = draws.below(left);
      int feature = features[at];
      features[at] = features[left - 1];
      features[left - 1] = feature;
      int[] values = data.ordered[feature];
      for (int i = node.from + 1; i < node.to; i++) {
        if (values[rows[i]] != values[rows[node.from]]) {
          return feature;
        }
      }
    }
    return -1;
  }

  /** Uniform between the least value and the greatest, below the latter. */
  private int threshold(Node node, int feature, Draws draws) {
    int least = Integer.MAX_VALUE;
    int greatest = Integer.MIN_VALUE;
    for (int i = node.from; i < node.to; i++) {
      int value = data.ordered[feature][rows[i]];
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    double low = ForestData.value(least);
    double high = ForestData.value(greatest);
    int drawn = ForestData.ordered((float) (low + draws.unit() * (high - low)));
    return Math.min(drawn, greatest - 1);
  }

  private int divide(int[] values, int threshold, int[] elements, int from, int to) {
    int low = from;
    int high = 0;
    for (int i = from; i < to; i++) {
      int element = elements[i];
      if (values[element] > threshold) {
        spare[high++] = element;
      } else {
        elements[low++] = element;
      }
    }
    System.arraycopy(spare, 0, elements, low, high);
    return low;
  }
}
