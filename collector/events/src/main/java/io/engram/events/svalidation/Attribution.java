package io.engram.events.svalidation;

import org.jspecify.annotations.Nullable;

/**
 * A judgement beside the controls that the paper lacks: the same images, labels and classifier on
 * the untrained network's features, and on the raw pixels. What they show already is not
 * attributable to training.
 *
 * @param judgement at a checkpoint
 * @param untrained at epoch 0; null if it was not scored
 * @param pixels on the inputs themselves; null if they were not scored
 * @param centreIncrease median of the null minus that at epoch 0; NaN without the latter
 * @param observedIncrease observed score minus that at epoch 0; NaN without the latter
 */
public record Attribution(
    Judgement judgement,
    @Nullable Judgement untrained,
    @Nullable Judgement pixels,
    double centreIncrease,
    double observedIncrease) {

  /**
   * All three must be of the same set and of classifiers with the same id; of a classifier's id
   * only its features' number may differ.
   */
  public static Attribution of(
      Judgement judgement, @Nullable Judgement untrained, @Nullable Judgement pixels) {
    return new Attribution(
        judgement,
        untrained,
        pixels,
        untrained == null ? Double.NaN : judgement.median() - untrained.median(),
        untrained == null ? Double.NaN : judgement.observed() - untrained.observed());
  }

  /** Whether the untrained network's features give the same verdict. */
  public boolean untrainedShowsIt() {
    return showsIt(untrained);
  }

  /** Whether the pixels give the same verdict. */
  public boolean pixelsShowIt() {
    return showsIt(pixels);
  }

  /** One control that shows the same is enough for no; for yes both must be clear. */
  public Attributable attributable() {
    if (judgement.verdict() == Verdict.UNDECIDED) {
      return Attributable.UNKNOWN;
    }
    if (judgement.verdict() == Verdict.NEITHER || untrainedShowsIt() || pixelsShowIt()) {
      return Attributable.NO;
    }
    return isClear(untrained) && isClear(pixels) ? Attributable.YES : Attributable.UNKNOWN;
  }

  /** Whether something is shown, and by neither control. */
  public boolean attributableToTraining() {
    return attributable() == Attributable.YES;
  }

  private boolean showsIt(@Nullable Judgement control) {
    return control != null && control.verdict() == judgement.verdict();
  }

  private static boolean isClear(@Nullable Judgement control) {
    return control != null && control.verdict() != Verdict.UNDECIDED;
  }
}
