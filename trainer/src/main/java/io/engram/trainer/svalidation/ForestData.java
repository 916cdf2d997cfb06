package io.engram.trainer.svalidation;

import java.util.Arrays;
import java.util.List;

/**
 * What a forest reads at every checkpoint, made once: for each feature the dense ranks of the
 * training values, those values in ascending order, and the values of all rows to be predicted (set
 * after set). Immutable, shared between threads.
 */
final class ForestData {
  /** Ranks and row numbers are kept in 16 bits. */
  static final int MAXIMUM_ROWS = 65_535;

  final int rows;
  final int heldRows;
  final int features;
  final char[][] ranks;

  /** Training values as whole numbers in their order, see {@link #ordered(float)}. */
  final int[][] ordered;

  final float[][] distinct;
  final int[][] held;

  ForestData(Features train, List<Features> sets) {
    if (train.rows() > MAXIMUM_ROWS) {
      throw new SValidationException(
          "training set has %d rows, must be at most %d: take a subset"
              .formatted(train.rows(), MAXIMUM_ROWS));
    }
    rows = train.rows();
    features = train.columns();
    ranks = new char[features][];
    ordered = new int[features][rows];
    distinct = new float[features][];
    for (int f = 0; f < features; f++) {
      float[] values = train.column(f);
      distinct[f] = distinct(values);
      ranks[f] = new char[rows];
      for (int row = 0; row < rows; row++) {
        ranks[f][row] = (char) Arrays.binarySearch(distinct[f], values[row]);
        ordered[f][row] = ordered(values[row]);
      }
    }
    held = ordered(sets, features);
    heldRows = held[0].length;
  }

  private ForestData(ForestData trained, int[][] held) {
    rows = trained.rows;
    features = trained.features;
    ranks = trained.ranks;
    ordered = trained.ordered;
    distinct = trained.distinct;
    this.held = held;
    heldRows = held[0].length;
  }

  /** The same training rows, and others to be predicted. */
  ForestData predicting(Features others) {
    return new ForestData(this, ordered(List.of(others), features));
  }

  private static int[][] ordered(List<Features> sets, int features) {
    int[][] held = new int[features][sets.stream().mapToInt(Features::rows).sum()];
    for (int f = 0; f < features; f++) {
      int at = 0;
      for (Features set : sets) {
        for (int row = 0; row < set.rows(); row++) {
          held[f][at++] = ordered(set.at(row, f));
        }
      }
    }
    return held;
  }

  /** Number of ranks of the feature that has most. */
  int mostRanks() {
    int most = 0;
    for (float[] values : distinct) {
      most = Math.max(most, values.length);
    }
    return most;
  }

  /**
   * Halfway between two values of a feature given by rank; rows at or below it go left. Where no
   * float lies between, it is the lower value.
   */
  int threshold(int feature, int below, int above) {
    float low = distinct[feature][below];
    float high = distinct[feature][above];
    float middle = (float) (((double) low + high) / 2);
    return ordered(middle < high ? middle : low);
  }

  /** A whole number for each float, in the same order: whole numbers compare without a branch. */
  static int ordered(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /** The float of a whole number that {@link #ordered(float)} made. */
  static float value(int ordered) {
    return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
  }

  private static float[] distinct(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (float value : sorted) {
      if (count == 0 || value != sorted[count - 1]) {
        sorted[count++] = value;
      }
    }
    return Arrays.copyOf(sorted, count);
  }
}
