package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of examples in ranges of a quantity; an example that changes moves between them. A range
 * is found by a table of cells as wide as the narrowest range, and by comparing from there.
 */
final class Buckets {
  private final double[] upperBounds;
  private final long[] counts;
  private final double cellsPerUnit;
  private final byte[] firstOfCell;

  /**
   * @param upperBounds at least two, ascending
   */
  Buckets(double... upperBounds) {
    this.upperBounds = upperBounds;
    counts = new long[upperBounds.length + 1];
    double narrowest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < upperBounds.length; i++) {
      narrowest = Math.min(narrowest, upperBounds[i] - upperBounds[i - 1]);
    }
    cellsPerUnit = 1 / narrowest;
    double width = upperBounds[upperBounds.length - 1] - upperBounds[0];
    firstOfCell = new byte[(int) Math.ceil(width * cellsPerUnit) + 2];
    for (int cell = 1; cell < firstOfCell.length; cell++) {
      // Half a cell early, so that rounding does not matter.
      double from = upperBounds[0] + (cell - 1.5) * narrowest;
      while (firstOfCell[cell] < upperBounds.length && upperBounds[firstOfCell[cell]] <= from) {
        firstOfCell[cell]++;
      }
    }
  }

  /** The bucket of a value that is not NaN. O(1). */
  int of(double value) {
    int cell = (int) ((value - upperBounds[0]) * cellsPerUnit + 1);
    int bucket = firstOfCell[Math.max(0, Math.min(cell, firstOfCell.length - 1))];
    while (bucket < upperBounds.length && value > upperBounds[bucket]) {
      bucket++;
    }
    return bucket;
  }

  void enter(int bucket) {
    counts[bucket]++;
  }

  void leave(int bucket) {
    counts[bucket]--;
  }

  Distribution snapshot() {
    return new Distribution(upperBounds, counts.clone());
  }

  void save(DataOutput out) throws IOException {
    StateIo.writeLongs(out, counts, counts.length);
  }

  void restore(DataInput in) throws IOException {
    StateIo.readLongsInto(counts, in);
  }
}
