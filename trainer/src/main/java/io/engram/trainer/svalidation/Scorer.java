package io.engram.trainer.svalidation;

/** Scores features, here or elsewhere. */
public interface Scorer {
  /**
   * Scores, which may take minutes. Thread-safe.
   *
   * @throws SValidationException if the features or labels do not fit
   * @throws ScorerException if no scorer can be reached, or it gave up
   * @throws InterruptedException if the calling thread is interrupted; scoring is given up
   */
  Scores score(ScoringTask task) throws ScorerException, InterruptedException;
}
