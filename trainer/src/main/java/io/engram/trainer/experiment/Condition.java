package io.engram.trainer.experiment;

import io.engram.trainer.spec.NoiseSpec;

/** What Arpit et al. 2017 compare networks on: a data set, and it with nothing left to learn. */
public enum Condition {
  /** As it is. */
  REAL("real", NoiseSpec.NONE),

  /** All inputs are Gaussian, with the mean and variance of all pixels. */
  RAND_X("randX", NoiseSpec.inputs(1, NoiseSpec.Moments.SCALAR)),

  /** All labels are drawn uniformly. */
  RAND_Y("randY", NoiseSpec.labels(1, NoiseSpec.Kind.UNIFORM));

  private final String words;
  private final NoiseSpec noise;

  Condition(String words, NoiseSpec noise) {
    this.words = words;
    this.noise = noise;
  }

  /** Its name in the paper. */
  public String words() {
    return words;
  }

  public NoiseSpec noise() {
    return noise;
  }
}
