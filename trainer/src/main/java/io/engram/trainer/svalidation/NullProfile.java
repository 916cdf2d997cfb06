package io.engram.trainer.svalidation;

/**
 * How much work a permutation null is.
 *
 * @param name what the profile is called
 * @param classifier whose scores are taken
 * @param minimum permutations after which it is first asked whether the verdicts can still change
 * @param maximum permutations at most; with {@code maximum = minimum} all are always drawn
 * @param repeats further observed fits with other random draws, for the classifier's own noise; 0
 *     where it draws none
 */
public record NullProfile(
    String name, ShallowClassifier classifier, int minimum, int maximum, int repeats) {
  /** As the paper: 500 trees, 100 permutations. */
  public static final NullProfile PAPER =
      new NullProfile("PAPER", new RandomForest(500), 100, 100, 5);

  /** For live runs: 100 trees, 20 to 100 permutations. */
  public static final NullProfile FAST = new NullProfile("FAST", new RandomForest(100), 20, 100, 5);

  /**
   * For the curve of the null's centre at every epoch, never for a verdict: totally random trees
   * that see no labels. See {@link NearestNeighbour} for its companion.
   */
  public static final NullProfile SKETCH =
      new NullProfile("SKETCH", new LabelFreeTrees(100), 100, 100, 0);

  public NullProfile {
    if (minimum < 2 || maximum < minimum || repeats < 0) {
      throw new SValidationException(
          "permutations: are %d to %d, must be at least 2 and ascending; repeats: is %d, must be 0 or more"
              .formatted(minimum, maximum, repeats));
    }
  }
}
