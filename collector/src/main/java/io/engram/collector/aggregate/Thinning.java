package io.engram.collector.aggregate;

import java.util.Arrays;

/**
 * Fewer points that draw the same curve: the first and the last point, and of each of equally long
 * buckets in between its smallest and its largest value and, where there are NaNs in the stretch,
 * its first NaN. Infinities are ordinary smallest and largest values.
 */
final class Thinning {
  static final int FEWEST = 5;

  private Thinning() {}

  /** The points themselves if they are no more than {@code maxPoints}, else at most that many. */
  static SeriesPoints thin(SeriesPoints points, int maxPoints) {
    float[] values = points.values();
    int n = values.length;
    if (n <= maxPoints) {
      return points;
    }
    int buckets = (maxPoints - 2) / (hasNaN(values) ? 3 : 2);
    int[] kept = new int[maxPoints];
    int size = 0;
    kept[size++] = 0;
    for (int b = 0; b < buckets; b++) {
      int from = 1 + (int) ((long) b * (n - 2) / buckets);
      int to = 1 + (int) ((long) (b + 1) * (n - 2) / buckets);
      size = keepExtremes(values, from, to, kept, size);
    }
    kept[size++] = n - 1;
    long[] steps = new long[size];
    float[] thinned = new float[size];
    for (int i = 0; i < size; i++) {
      steps[i] = points.steps()[kept[i]];
      thinned[i] = values[kept[i]];
    }
    return new SeriesPoints(points.name(), steps, thinned);
  }

  private static int keepExtremes(float[] values, int from, int to, int[] kept, int size) {
    int smallest = -1;
    int largest = -1;
    int nan = -1;
    for (int i = from; i < to; i++) {
      if (Float.isNaN(values[i])) {
        nan = nan < 0 ? i : nan;
      } else {
        smallest = smallest < 0 || values[i] < values[smallest] ? i : smallest;
        largest = largest < 0 || values[i] > values[largest] ? i : largest;
      }
    }
    int end = size;
    for (int i : new int[] {smallest, largest == smallest ? -1 : largest, nan}) {
      if (i >= 0) {
        kept[end++] = i;
      }
    }
    Arrays.sort(kept, size, end);
    return end;
  }

  private static boolean hasNaN(float[] values) {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }
}
