package io.engram.trainer.dataset;

import io.engram.trainer.spec.NoiseSpec;

/**
 * randX: inputs replaced by independent Gaussian pixels with the mean and variance of the training
 * set (Arpit et al. 2017, §2; Zhang et al. 2017, §2.1). Each example is replaced with the given
 * probability, independently; what is drawn is fixed by (seed, id) and is not clipped. A larger
 * share replaces the same examples by the same noise, and more. Labels stay.
 */
final class InputNoise {
  private InputNoise() {}

  static boolean selects(NoiseSpec.Inputs noise, long seed, int id) {
    return new KeyedRandom(seed, KeyedRandom.Purpose.INPUT_SELECTION, id).nextDouble()
        < noise.share();
  }

  /**
   * @param moments of pixels in 0 to 1
   * @return the noise as the network sees it, standardized
   */
  static float[] draw(
      Moments moments, Standardization standardization, int size, long seed, int id) {
    KeyedRandom random = new KeyedRandom(seed, KeyedRandom.Purpose.INPUT_PIXELS, id);
    float[] input = new float[size];
    for (int i = 0; i < size; i++) {
      double pixel = moments.mean(i) + moments.standardDeviation(i) * random.nextGaussian();
      input[i] = (float) standardization.apply(pixel);
    }
    return input;
  }
}
