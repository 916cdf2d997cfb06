package io.engram.trainer.spec;

/**
 * What is changed in the training set on purpose. Draws are fixed by (seed, example id).
 *
 * @param inputs noise in the inputs (randX of Arpit et al. 2017, §2)
 * @param labels noise in the labels (randY)
 */
public record NoiseSpec(Inputs inputs, Labels labels) {
  /** No noise. */
  public static final NoiseSpec NONE =
      new NoiseSpec(new Inputs(0, Moments.SCALAR), new Labels(0, Kind.UNIFORM));

  /** Label noise alone. */
  public static NoiseSpec labels(double share, Kind kind) {
    return new NoiseSpec(NONE.inputs, new Labels(share, kind));
  }

  /** Input noise alone. */
  public static NoiseSpec inputs(double share, Moments moments) {
    return new NoiseSpec(new Inputs(share, moments), NONE.labels);
  }

  /**
   * Inputs replaced by independent Gaussian pixels with the mean and variance of the training set.
   *
   * @param share expected share of examples replaced, 0 to 1
   * @param moments whose mean and variance
   */
  public record Inputs(double share, Moments moments) {
    public Inputs {
      Settings.share("share", share);
    }
  }

  /** Whose mean and variance Gaussian pixels have. */
  public enum Moments {
    /** Of all training pixels together. */
    SCALAR,
    /** Of each pixel over the training set. */
    PER_PIXEL
  }

  /**
   * Labels drawn anew.
   *
   * @param share expected share of examples selected, 0 to 1
   * @param kind where a selected label goes
   */
  public record Labels(double share, Kind kind) {
    public Labels {
      Settings.share("share", share);
    }
  }

  /** Where a selected label goes. */
  public enum Kind {
    /** A uniform class, the true one included: the flipped share is share · (K-1)/K. */
    UNIFORM,
    /** A uniform class among the others: the flipped share is the share. */
    UNIFORM_OTHERS,
    /** The next class, K-1 to 0. */
    PAIR_FLIP
  }
}
