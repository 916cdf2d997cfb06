package io.engram.collector.onset;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A signal over the looks, with its mean over the last epoch and the greatest such mean. Where a
 * run goes back to an earlier step, what was after that step is forgotten. 32 bytes a look; O(looks
 * of an epoch) a look.
 */
final class History {
  private static final int FIRST_CAPACITY = 16;

  private long[] steps = new long[FIRST_CAPACITY];
  private double[] values = new double[FIRST_CAPACITY];
  private double[] means = new double[FIRST_CAPACITY];
  private double[] maxima = new double[FIRST_CAPACITY];
  private int size;

  /**
   * @param window length of the mean in steps: the looks at more than {@code step - window}
   * @param countsForMaximum whether the mean may become the maximum
   */
  void append(long step, double value, long window, boolean countsForMaximum) {
    while (size > 0 && steps[size - 1] >= step) {
      size--;
    }
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      means = Arrays.copyOf(means, 2 * size);
      maxima = Arrays.copyOf(maxima, 2 * size);
    }
    steps[size] = step;
    values[size] = value;
    double sum = 0;
    int count = 0;
    for (int i = size; i >= 0 && steps[i] > step - Math.max(1, window); i--) {
      sum += values[i];
      count++;
    }
    means[size] = sum / count;
    double before = size == 0 ? Double.NEGATIVE_INFINITY : maxima[size - 1];
    maxima[size] = countsForMaximum ? Math.max(before, means[size]) : before;
    size++;
  }

  /** The mean over the last epoch; NaN before the first look. */
  double mean() {
    return size == 0 ? Double.NaN : means[size - 1];
  }

  /** How far the mean is under the greatest one; NaN while none has counted. */
  double fall() {
    return maximum() - mean();
  }

  /** The greatest mean; NaN while none has counted. */
  double maximum() {
    return size == 0 || Double.isInfinite(maxima[size - 1]) ? Double.NaN : maxima[size - 1];
  }

  /** The latest step at which the mean was the greatest; -1 while none has counted. */
  long maximumStep() {
    for (int i = size - 1; i >= 0; i--) {
      if (means[i] == maxima[size - 1]) {
        return steps[i];
      }
    }
    return -1;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(steps[i]);
      out.writeDouble(values[i]);
      out.writeDouble(means[i]);
      out.writeDouble(maxima[i]);
    }
  }

  void restore(DataInput in) throws IOException {
    size = in.readInt();
    if (size < 0) {
      throw new IOException("state holds a history of length " + size);
    }
    int capacity = Math.max(FIRST_CAPACITY, size);
    steps = new long[capacity];
    values = new double[capacity];
    means = new double[capacity];
    maxima = new double[capacity];
    for (int i = 0; i < size; i++) {
      steps[i] = in.readLong();
      values[i] = in.readDouble();
      means[i] = in.readDouble();
      maxima[i] = in.readDouble();
    }
  }
}
