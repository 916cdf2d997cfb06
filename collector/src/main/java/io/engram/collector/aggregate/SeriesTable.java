package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Series that share their steps: 8 bytes a row and 4 bytes a value. Rows are kept in the order in
 * which they came; steps that are redone after a resume are new rows, nothing is overwritten. At
 * most 16,384 rows or 4 MiB: the latest quarter at least is complete; what is older is thinned
 * evenly to those rows of each group in which the first series is smallest and largest, or NaN.
 */
final class SeriesTable {
  private static final int FIRST_CAPACITY = 64;
  private static final int MOST_ROWS = 1 << 14;
  private static final int FEWEST_ROWS = 1 << 12;
  private static final int MOST_BYTES = 1 << 22;

  private final List<String> names;
  private long[] steps = new long[FIRST_CAPACITY];
  private final float[][] columns;
  private int size;
  private boolean ascending = true;

  /** Rows at the beginning that are what is left of others. */
  private int thinned;

  /** How many rows one of those stands for. */
  private int span = 2;

  SeriesTable(List<String> names) {
    this.names = List.copyOf(names);
    columns = new float[names.size()][FIRST_CAPACITY];
  }

  SeriesTable(DataInput in) throws IOException {
    List<String> read = new ArrayList<>();
    for (int n = StateIo.readLength(in); n > 0; n--) {
      read.add(StateIo.readString(in));
    }
    names = List.copyOf(read);
    ascending = in.readBoolean();
    thinned = in.readInt();
    span = in.readInt();
    steps = StateIo.readLongs(in);
    size = steps.length;
    columns = new float[names.size()][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = StateIo.readFloats(in);
      if (columns[c].length != size) {
        throw new IOException("series %s and its steps differ in length".formatted(names.get(c)));
      }
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      StateIo.writeString(out, name);
    }
    out.writeBoolean(ascending);
    out.writeInt(thinned);
    out.writeInt(span);
    StateIo.writeLongs(out, steps, size);
    for (float[] column : columns) {
      StateIo.writeFloats(out, column, size);
    }
  }

  List<String> names() {
    return names;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds a row, one value for each name. */
  void append(long step, double... row) {
    while (size >= mostRows()) {
      makeRoom();
    }
    if (size == steps.length) {
      int capacity = Math.min(size + Math.max(FIRST_CAPACITY, size / 2), mostRows());
      steps = Arrays.copyOf(steps, capacity);
      for (int c = 0; c < columns.length; c++) {
        columns[c] = Arrays.copyOf(columns[c], capacity);
      }
    }
    ascending &= size == 0 || step >= steps[size - 1];
    steps[size] = step;
    for (int c = 0; c < columns.length; c++) {
      // Which of the many NaNs came out is up to the compiler; one keeps saved states comparable.
      columns[c][size] = Double.isNaN(row[c]) ? Float.NaN : (float) row[c];
    }
    size++;
  }

  private int mostRows() {
    int rowBytes = Long.BYTES + Float.BYTES * columns.length;
    int fit = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_BYTES / rowBytes));
    return Integer.highestOneBit(fit);
  }

  /** Thins a quarter more of the table, and what is thinned already once that is a quarter. */
  private void makeRoom() {
    int quarter = mostRows() / 4;
    int begin = thinned;
    int end = thinned + quarter;
    if (thinned > quarter) {
      thinned = thin(0, thinned, 4, 0);
      span *= 2;
    }
    thinned = thin(begin, end, Math.min(2 * span, quarter), thinned);
    move(end, size - end, thinned);
    size = thinned + size - end;
  }

  /**
   * Moves two rows of each group to {@code at} and what follows it.
   *
   * @return where they end
   */
  private int thin(int begin, int end, int group, int at) {
    float[] values = columns[0];
    int kept = at;
    for (int from = begin; from < end; from += group) {
      int to = Math.min(from + group, end);
      int smallest = from;
      int largest = from;
      for (int row = from + 1; row < to; row++) {
        smallest = Float.compare(values[row], values[smallest]) < 0 ? row : smallest;
        largest = Float.compare(values[row], values[largest]) > 0 ? row : largest;
      }
      int first = Math.min(smallest, largest);
      int last = smallest == largest ? to - 1 : Math.max(smallest, largest);
      move(first, 1, kept++);
      if (last > first) {
        move(last, 1, kept++);
      }
    }
    return kept;
  }

  private void move(int from, int rows, int to) {
    System.arraycopy(steps, from, steps, to, rows);
    for (float[] column : columns) {
      System.arraycopy(column, from, column, to, rows);
    }
  }

  /** The rows of a series with {@code from <= step <= to}, by step, then in order of arrival. */
  SeriesPoints points(String name, long from, long to) {
    float[] column = columns[names.indexOf(name)];
    if (ascending) {
      int start = firstNotBelow(from);
      int end = to == Long.MAX_VALUE ? size : Math.max(start, firstNotBelow(to + 1));
      return new SeriesPoints(
          name, Arrays.copyOfRange(steps, start, end), Arrays.copyOfRange(column, start, end));
    }
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      if (steps[row] >= from && steps[row] <= to) {
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparingLong(row -> steps[row]));
    long[] sortedSteps = new long[rows.size()];
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      sortedSteps[i] = steps[rows.get(i)];
      values[i] = column[rows.get(i)];
    }
    return new SeriesPoints(name, sortedSteps, values);
  }

  private int firstNotBelow(long step) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps[middle] < step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
