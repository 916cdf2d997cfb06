package io.engram.trainer.experiment.onset;

/**
 * Accuracy on clean examples that were never trained on, fitted by {@link UnimodalFit} and linear
 * between evaluations. Raw accuracy swings by points, so that by it alone no fall could be told
 * from chance. Where the fit turns, and at its end, it follows single values: a high one is taken
 * for the peak and a low last one for a fall, so that harm is found too early or too often rather
 * than too late.
 */
final class AccuracyCurve {
  /** A fall of the whole run that counts as harm. */
  static final double HARM = 0.01;

  /** A fall after which an alarm is late. */
  static final double LATE = 0.005;

  private final long[] steps;
  private final double[] fit;
  private final int peak;

  /**
   * @param steps of the evaluations, ascending, at least one
   * @param accuracy at each
   */
  AccuracyCurve(long[] steps, double[] accuracy) {
    this.steps = steps.clone();
    fit = UnimodalFit.of(accuracy);
    int last = 0;
    for (int i = 1; i < fit.length; i++) {
      last = fit[i] >= fit[last] ? i : last;
    }
    peak = last;
  }

  /** Highest accuracy of the fit. */
  double peak() {
    return fit[peak];
  }

  /** T_peak: the step of the last evaluation at which nothing of it is lost. */
  long peakStep() {
    return steps[peak];
  }

  /** Accuracy at the end of the run. */
  double end() {
    return fit[fit.length - 1];
  }

  /** Whether the run ends more than a point below its peak. */
  boolean harmed() {
    return end() < peak() - HARM;
  }

  /** T_harm: the first step at which more than half a point is lost; -1 for a run without harm. */
  long harmStep() {
    if (!harmed()) {
      return -1;
    }
    double bound = peak() - LATE;
    int i = peak;
    while (fit[i] >= bound) {
      i++;
    }
    double share = (fit[i - 1] - bound) / (fit[i - 1] - fit[i]);
    return steps[i - 1] + (long) Math.floor(share * (steps[i] - steps[i - 1])) + 1;
  }

  /** Accuracy of the fit at a step. */
  double at(long step) {
    int i = 0;
    while (i < steps.length && steps[i] < step) {
      i++;
    }
    if (i == 0 || i == steps.length) {
      return i == 0 ? fit[0] : end();
    }
    double share = (double) (step - steps[i - 1]) / (steps[i] - steps[i - 1]);
    return fit[i - 1] + share * (fit[i] - fit[i - 1]);
  }
}
