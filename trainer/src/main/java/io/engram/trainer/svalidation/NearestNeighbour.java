package io.engram.trainer.svalidation;

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
    int[][] nearest = new int[sets.size()][train.rows()];
    for (int set = 0; set < sets.size(); set++) {
      for (int row = 0; row < train.rows(); row++) {
        nearest[set][row] = nearest(train, sets.get(set), row);
      }
    }
    return new PreparedNeighbours(nearest, train.rows(), classes, id());
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

  private record PreparedNeighbours(int[][] nearest, int rows, int classes, String id)
      implements Prepared {
    @Override
    public int sets() {
      return nearest.length;
    }

    @Override
    public int[] score(int[] labels, long omega, Workers workers, BooleanSupplier cancelled) {
      Inputs.requireLabels(labels, rows, classes);
      int[] correct = new int[nearest.length];
      for (int set = 0; set < nearest.length; set++) {
        for (int row = 0; row < rows; row++) {
          correct[set] += labels[nearest[set][row]] == labels[row] ? 1 : 0;
        }
      }
      return correct;
    }
  }
}
