package io.engram.trainer.svalidation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Features as a small ReLU layer makes them, about half of them zero, of classes that overlap, and
 * of copies that are moved by little, more, and far.
 *
 * @param train features of the training examples
 * @param sets of their copies
 * @param labels classes in turn
 * @param classes number of them
 */
public record SyntheticFeatures(Features train, List<Features> sets, int[] labels, int classes) {
  private static final int UNITS = 16;
  private static final int INPUTS = 40;
  private static final double[] NOISE = {0.3, 0.6, 2};

  public static SyntheticFeatures of(int rows, int classes, long seed) {
    Random random = new Random(seed);
    double[][] means = gaussian(random, classes, INPUTS, 0.6);
    double[][] weights = gaussian(random, UNITS, INPUTS, 1);
    double[] bias = gaussian(random, 1, UNITS, 2)[0];
    double[][] inputs = gaussian(random, rows, INPUTS, 1);
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row % classes;
      for (int i = 0; i < INPUTS; i++) {
        inputs[row][i] += means[labels[row]][i];
      }
    }
    List<Features> sets = new ArrayList<>();
    for (double noise : NOISE) {
      double[][] moved = gaussian(random, rows, INPUTS, noise);
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < INPUTS; i++) {
          moved[row][i] += inputs[row][i];
        }
      }
      sets.add(layer(moved, weights, bias));
    }
    return new SyntheticFeatures(layer(inputs, weights, bias), sets, labels, classes);
  }

  private static double[][] gaussian(Random random, int rows, int columns, double deviation) {
    double[][] drawn = new double[rows][columns];
    for (double[] row : drawn) {
      for (int i = 0; i < columns; i++) {
        row[i] = deviation * random.nextGaussian();
      }
    }
    return drawn;
  }

  private static Features layer(double[][] inputs, double[][] weights, double[] bias) {
    float[] values = new float[inputs.length * UNITS];
    for (int row = 0; row < inputs.length; row++) {
      for (int unit = 0; unit < UNITS; unit++) {
        double sum = bias[unit];
        for (int i = 0; i < INPUTS; i++) {
          sum += weights[unit][i] * inputs[row][i];
        }
        values[row * UNITS + unit] = (float) Math.max(0, sum);
      }
    }
    return new Features(inputs.length, UNITS, values);
  }
}
