package io.engram.trainer.svalidation;

import java.util.ArrayList;
import java.util.List;

/**
 * A classification tree as the textbook has it: recursive, every threshold tried, fractions
 * compared exactly. Only the draws are those of {@link TreeGrower}.
 */
final class NaiveTree {
  private final Features train;
  private final int[] labels;
  private final int mtry;
  private final int classes;
  private final Node root;

  private record Node(int label, int feature, float threshold, Node left, Node right) {}

  private record Split(int feature, float below, float above, long numerator, long denominator) {
    boolean betterThan(Split other) {
      return other == null || numerator * other.denominator > other.numerator * denominator;
    }
  }

  NaiveTree(Features train, int[] labels, int classes, int mtry, long key) {
    this.train = train;
    this.labels = labels;
    this.classes = classes;
    this.mtry = mtry;
    List<Integer> sample = new ArrayList<>();
    long state = Keys.within(key, 1);
    for (int i = 0; i < train.rows(); i++) {
      state += Keys.GAMMA;
      sample.add(Keys.below(train.rows(), Keys.mix(state)));
    }
    root = grow(sample, Keys.within(key, 0));
  }

  int predict(Features set, int row) {
    Node node = root;
    while (node.feature >= 0) {
      node = set.at(row, node.feature) <= node.threshold ? node.left : node.right;
    }
    return node.label;
  }

  private Node grow(List<Integer> sample, long key) {
    int[] counts = counts(sample);
    Split best = null;
    if (sample.stream().map(row -> labels[row]).distinct().count() > 1) {
      for (int feature : candidates(key)) {
        for (Split split : splits(sample, feature)) {
          best = split.betterThan(best) ? split : best;
        }
      }
    }
    if (best == null) {
      return new Node(majority(counts, key), -1, 0, null, null);
    }
    float threshold = (float) (((double) best.below + best.above) / 2);
    List<Integer> left = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (int row : sample) {
      (train.at(row, best.feature) <= best.below ? left : right).add(row);
    }
    return new Node(
        0,
        best.feature,
        threshold < best.above ? threshold : best.below,
        grow(left, Keys.within(key, 1)),
        grow(right, Keys.within(key, 2)));
  }

  private List<Integer> candidates(long key) {
    List<Integer> chosen = new ArrayList<>();
    long state = key;
    while (chosen.size() < mtry) {
      state += Keys.GAMMA;
      int feature = Keys.below(train.columns(), Keys.mix(state));
      if (!chosen.contains(feature)) {
        chosen.add(feature);
      }
    }
    return chosen;
  }

  private List<Split> splits(List<Integer> sample, int feature) {
    List<Float> values =
        sample.stream().map(row -> train.at(row, feature)).distinct().sorted().toList();
    List<Split> splits = new ArrayList<>();
    for (int i = 1; i < values.size(); i++) {
      float below = values.get(i - 1);
      List<Integer> left = sample.stream().filter(r -> train.at(r, feature) <= below).toList();
      List<Integer> right = sample.stream().filter(r -> train.at(r, feature) > below).toList();
      long numerator = squares(left) * right.size() + squares(right) * left.size();
      splits.add(
          new Split(feature, below, values.get(i), numerator, (long) left.size() * right.size()));
    }
    return splits;
  }

  private int[] counts(List<Integer> sample) {
    int[] counts = new int[classes];
    sample.forEach(row -> counts[labels[row]]++);
    return counts;
  }

  private long squares(List<Integer> sample) {
    long sum = 0;
    for (long count : counts(sample)) {
      sum += count * count;
    }
    return sum;
  }

  private static int majority(int[] counts, long key) {
    List<Integer> winners = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      int count = counts[c];
      if (java.util.Arrays.stream(counts).allMatch(other -> other <= count)) {
        winners.add(c);
      }
    }
    return winners.get(Keys.below(winners.size(), Keys.within(key, 3)));
  }
}
