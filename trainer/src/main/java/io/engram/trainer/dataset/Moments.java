package io.engram.trainer.dataset;

import java.util.Arrays;

/**
 * Mean and standard deviation (of the population) of pixels in 0 to 1.
 *
 * @param means per value of an image, or one for all
 * @param standardDeviations likewise
 */
record Moments(double[] means, double[] standardDeviations) {

  /** Over all pixels of all images. */
  static Moments scalar(Levels levels, int rows, int size) {
    long[] counts = new long[levels.maximum() + 1];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < size; i++) {
        counts[levels.level(row, i)]++;
      }
    }
    double n = (double) rows * size;
    double mean = 0;
    for (int level = 0; level < counts.length; level++) {
      mean += counts[level] * (double) level / n;
    }
    double variance = 0;
    for (int level = 0; level < counts.length; level++) {
      variance += counts[level] * (level - mean) * (level - mean) / n;
    }
    double white = levels.maximum();
    return new Moments(new double[] {mean / white}, new double[] {Math.sqrt(variance) / white});
  }

  /** Of each pixel over all images. */
  static Moments perPixel(Levels levels, int rows, int size) {
    long[] sums = new long[size];
    long[] squares = new long[size];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < size; i++) {
        long level = levels.level(row, i);
        sums[i] += level;
        squares[i] += level * level;
      }
    }
    double n = rows * (double) levels.maximum();
    Moments moments = new Moments(new double[size], new double[size]);
    for (int i = 0; i < size; i++) {
      moments.means[i] = sums[i] / n;
      moments.standardDeviations[i] = Math.sqrt(rows * squares[i] - sums[i] * sums[i]) / n;
    }
    return moments;
  }

  double mean(int index) {
    return means[index % means.length];
  }

  double standardDeviation(int index) {
    return standardDeviations[index % standardDeviations.length];
  }

  /** Whether any pixel differs from another. */
  boolean vary() {
    return Arrays.stream(standardDeviations).anyMatch(deviation -> deviation > 0);
  }
}
