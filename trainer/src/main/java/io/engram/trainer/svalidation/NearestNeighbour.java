package io.engram.trainer.svalidation;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The label of the nearest training example in Euclidean distance, the lowest row among equals.
 * Another statistic than the forest's, for the curve of the null's centre only.
 *
 * <p>Cost: rows² × sets × features once, rows × sets a fit.
 */
public final class NearestNeighbour implements ShallowClassifier {
  @Override
  public String id() {
    return "nearest-neighbour-v1 k=1";
  }

  @Override
  public Prepared prepare(Features train, List<Features> sets, int classes) {
    Inputs.requireFitting(train, sets, classes, Integer.MAX_VALUE);
    int[][] nearest = new int[sets.size()][];
    for (int set = 0; set < nearest.length; set++) {
      nearest[set] = nearestRows(train, sets.get(set));
    }
    return new PreparedNeighbours(train, nearest, classes, id());
  }

  private static int[] nearestRows(Features train, Features others) {
    int[] nearest = new int[others.rows()];
    for (int row = 0; row < nearest.length; row++) {
      nearest[row] = nearest(train, others, row);
    }
    return nearest;
  }

  private static int nearest(Features train, Features set, int row) {
    int columns = train.columns();
    float[] values = train.values();
    float[] query = set.values();
    int from = row * columns;
    double least = Double.POSITIVE_INFINITY;
    int nearest = 0;
    for (int other = 0; other < train.rows(); other++) {
      int at = other * columns;
      double squares = 0;
      for (int column = 0; column < columns; column++) {
        double difference = values[at + column] - query[from + column];
        squares += difference * difference;
      }
      if (squares < least) {
        least = squares;
        nearest = other;
      }
    }
    return nearest;
  }

  private record PreparedNeighbours(Features train, int[][] nearest, int classes, String id)
      implements Prepared {
    @Override
    public int rows() {
      return train.rows();
    }

    @Override
    public int sets() {
      return nearest.length;
    }

    @Override
    public int[] score(int[] labels, long omega, Workers workers, BooleanSupplier cancelled) {
      Inputs.requireLabels(labels, rows(), classes);
      return Arrays.stream(nearest).mapToInt(rows -> correct(labels, rows, labels)).toArray();
    }

    @Override
    public int scoreOthers(
        int[] labels,
        Features others,
        int[] otherLabels,
        long omega,
        Workers workers,
        BooleanSupplier cancelled) {
      Inputs.requireLabels(labels, rows(), classes);
      Inputs.requireOthers(others, otherLabels, train.columns(), classes);
      return correct(labels, nearestRows(train, others), otherLabels);
    }

    private static int correct(int[] labels, int[] nearest, int[] asked) {
      int correct = 0;
      for (int row = 0; row < nearest.length; row++) {
        correct += labels[nearest[row]] == asked[row] ? 1 : 0;
      }
      return correct;
    }
  }
}
