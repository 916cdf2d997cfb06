package io.engram.collector.onset;

/**
 * What a detector says after a look.
 *
 * @param level what it says
 * @param evidence the number that it decides by; NaN where it has none
 * @param threshold the number that the evidence must reach at this look; NaN where it has none
 * @param why evidence and threshold in words, or why it cannot tell
 * @param epoch passes over the training set completed before the deciding look
 * @param step updates completed before the deciding look; -1 before the first look
 * @param lookSpacing steps since the look before, 0 at the first and where the run went back: what
 *     is decided at {@code step} may have happened up to so much earlier
 * @param estimatedStep the step to which the detector dates back what it saw, an estimate without a
 *     guarantee; -1 where it has none
 */
public record Reading(
    OnsetLevel level,
    double evidence,
    double threshold,
    Reason why,
    int epoch,
    long step,
    long lookSpacing,
    long estimatedStep) {

  /** For {@code estimatedStep}. */
  static final long NO_ESTIMATE = -1;

  static final Reading NONE = unknown(Reason.of("nothing was looked at yet"));

  /** Says nothing, for a reason. */
  static Reading unknown(Reason why) {
    return new Reading(OnsetLevel.UNKNOWN, Double.NaN, Double.NaN, why, 0, -1, 0, -1);
  }

  /** Raised or quiet; place and estimate are still to be set. */
  static Reading of(boolean raised, double evidence, double threshold, Reason why) {
    OnsetLevel level = raised ? OnsetLevel.RAISED : OnsetLevel.QUIET;
    return new Reading(level, evidence, threshold, why, 0, -1, 0, -1);
  }

  Reading at(int atEpoch, long atStep, long spacing) {
    return new Reading(level, evidence, threshold, why, atEpoch, atStep, spacing, estimatedStep);
  }

  Reading quiet() {
    return new Reading(
        OnsetLevel.QUIET, evidence, threshold, why, epoch, step, lookSpacing, estimatedStep);
  }

  Reading datedBack(long estimate) {
    return new Reading(level, evidence, threshold, why, epoch, step, lookSpacing, estimate);
  }

  /** {@link #why}, in words. */
  public String reason() {
    return why.toString();
  }

  boolean isRaised() {
    return level == OnsetLevel.RAISED;
  }

  boolean isUnknown() {
    return level == OnsetLevel.UNKNOWN;
  }
}
