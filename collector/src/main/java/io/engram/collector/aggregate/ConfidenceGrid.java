package io.engram.collector.aggregate;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts of examples in the cells of a data map: by mean and by standard deviation, both over its
 * presentations, of an example's confidence in its given label (Swayamdipta et al. 2020). An
 * example whose confidence was NaN is in no cell. O(1) for each move.
 */
final class ConfidenceGrid {
  private static final double[] MEANS = {0.2, 0.4, 0.6, 0.8, 1};
  private static final double[] DEVIATIONS = {0.1, 0.2, 0.3, 0.4, 0.5};

  private final long[] counts = new long[MEANS.length * DEVIATIONS.length];

  /**
   * @param mean of the confidence
   * @param squares sum of squared deviations from it
   * @param n presentations
   */
  void enter(float mean, float squares, int n) {
    move(mean, squares, n, 1);
  }

  /** Undoes {@link #enter} with the same numbers. */
  void leave(float mean, float squares, int n) {
    move(mean, squares, n, -1);
  }

  private void move(float mean, float squares, int n, int by) {
    if (Float.isNaN(mean) || Float.isNaN(squares)) {
      return;
    }
    // Rounding may take either a little beyond its largest value.
    int row = 0;
    while (row < MEANS.length - 1 && mean > MEANS[row]) {
      row++;
    }
    double variance = (double) squares / n;
    int column = 0;
    while (column < DEVIATIONS.length - 1 && variance > DEVIATIONS[column] * DEVIATIONS[column]) {
      column++;
    }
    counts[row * DEVIATIONS.length + column] += by;
  }

  /** All cells, by ascending mean, then deviation. */
  List<ConfidenceCell> snapshot() {
    List<ConfidenceCell> cells = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      cells.add(
          new ConfidenceCell(
              MEANS[i / DEVIATIONS.length], DEVIATIONS[i % DEVIATIONS.length], counts[i]));
    }
    return List.copyOf(cells);
  }
}
