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
 * which they came; steps that are redone after a resume are new rows, nothing is overwritten.
 */
final class SeriesTable {
  private static final int FIRST_CAPACITY = 64;

  private final List<String> names;
  private long[] steps = new long[FIRST_CAPACITY];
  private final float[][] columns;
  private int size;
  private boolean ascending = true;

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
    if (size == steps.length) {
      int capacity = size + Math.max(FIRST_CAPACITY, size / 2);
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
