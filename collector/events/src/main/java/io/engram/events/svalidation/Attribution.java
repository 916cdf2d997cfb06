package io.engram.events.svalidation;

/**
 * A judgement beside the controls that the paper lacks: the same images, labels and classifier on
 * the untrained network's features, and on the raw pixels. What they show already is not
 * attributable to training.
 *
 * @param judgement at a checkpoint
 * @param untrained at epoch 0
 * @param pixels on the inputs themselves
 * @param centreIncrease median of the null minus that at epoch 0
 * @param observedIncrease observed score minus that at epoch 0
 */
public record Attribution(
    Judgement judgement,
    Judgement untrained,
    Judgement pixels,
    double centreIncrease,
    double observedIncrease) {

  /**
   * All three must be of the same set and of classifiers with the same id; of a classifier's id
   * only its features' number may differ.
   */
  public static Attribution of(Judgement judgement, Judgement untrained, Judgement pixels) {
    return new Attribution(
        judgement,
        untrained,
        pixels,
        judgement.median() - untrained.median(),
        judgement.observed() - untrained.observed());
  }

  /** Whether the untrained network's features give the same verdict. */
  public boolean untrainedShowsIt() {
    return untrained.verdict() == judgement.verdict();
  }

  /** Whether the pixels give the same verdict. */
  public boolean pixelsShowIt() {
    return pixels.verdict() == judgement.verdict();
  }

  /** Whether there is a verdict at all, and neither control gives the same. */
  public boolean attributableToTraining() {
    return judgement.verdict() != Verdict.UNDECIDED && !untrainedShowsIt() && !pixelsShowIt();
  }
}
