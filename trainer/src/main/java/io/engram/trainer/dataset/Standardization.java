package io.engram.trainer.dataset;

/**
 * What turns a pixel in 0 to 1 into what the network sees: (pixel - mean) / standardDeviation.
 *
 * @param mean of pixel/255 over all pixels of the training examples before noise; 0 where inputs
 *     stay in 0 to 1
 * @param standardDeviation of the same (the population's, dividing by the count); 1 where inputs
 *     stay in 0 to 1
 */
public record Standardization(double mean, double standardDeviation) {
  /** Inputs stay in 0 to 1. */
  public static final Standardization NONE = new Standardization(0, 1);

  /** What the network sees of a pixel in 0 to 1. */
  public double apply(double pixel) {
    return (pixel - mean) / standardDeviation;
  }

  /** The pixel in 0 to 1 (beyond it after noise) of what the network sees. */
  public double invert(double input) {
    return input * standardDeviation + mean;
  }
}
