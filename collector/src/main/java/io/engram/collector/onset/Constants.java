package io.engram.collector.onset;

/**
 * Every threshold of the package. Where nothing else is said, its source is Engram's pilot: 305
 * runs on MNIST, half of them with hyper-parameters drawn at random after the rules were written.
 */
final class Constants {
  /**
   * No decision from falls and gaps of smoothed signals before so many time constants of their
   * means. The pilot's was 1.5 epochs and 50 steps at least, which is too late for fast runs: on
   * the half of the evaluation's runs by which thresholds are fixed this one, of six that were
   * tried, raised most in time while no clean run raised.
   */
  static final double BURN_IN = 1.5;

  /** N: the same, chosen in the same way; the presence of noise needs no maximum to fall from. */
  static final double NOISE_BURN_IN = 1;

  /** A smoothed signal must be over its threshold at so many looks in a row. */
  static final int LOOKS_IN_A_ROW = 2;

  /** Share of the examples that counts as the most confident ones. */
  static final double CONFIDENT_QUARTER = 0.25;

  /** The same for the estimate of the flip rate. */
  static final double CONFIDENT_HALF = 0.5;

  /** N: share of the most confident quarter that must contradict its label. */
  static final double NOISE_PRESENT = 0.025;

  /** A: fall of that share from its maximum. */
  static final double CONTRADICTION_FALL = 0.015;

  /** B: by how much the hold-out's confident half contradicts its labels more often. */
  static final double HOLDOUT_GAP = 0.04;

  /** D&: the fall that is asked for together with {@link #GAP_OF_BOTH}. */
  static final double FALL_OF_BOTH = 0.010;

  /** D&: the gap that is asked for together with {@link #FALL_OF_BOTH}. */
  static final double GAP_OF_BOTH = 0.03;

  /** HARM: fall of the agreement with the consensus from its maximum. */
  static final double CONSENSUS_FALL = 0.01;

  /**
   * H: share of the contradicted hold-out labels that must be arbitrary: most of them. Not from the
   * pilot, but chosen in sample: it parted the first five runs that it was tried on. Nothing that
   * those runs show of it counts for it.
   */
  static final double ARBITRARY_OF_CONTRADICTED = 0.5;

  /** Page's cumulative sum: standard errors that a look may fall short; the usual design. */
  static final double CUSUM_ALLOWANCE = 0.5;

  /** Page's cumulative sum: standard errors at which it raises; the usual design. */
  static final double CUSUM_LIMIT = 5;

  /** Label Wave: epochs of the mean, the value that the paper's numbers support best. */
  static final int WAVE_WINDOW = 3;

  /** Label Wave: epochs without a new minimum; the paper has no value, the pilot took this one. */
  static final int WAVE_PATIENCE = 5;

  /** Fewest examples in a confident share; with fewer, one example is more than a threshold. */
  static final int FEWEST_CONFIDENT = 50;

  private Constants() {}
}
