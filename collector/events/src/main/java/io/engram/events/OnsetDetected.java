package io.engram.events;

import java.util.regex.Pattern;

/**
 * A collector's alarm: what a detector decided about a run, at which look and on what evidence. It
 * is said to the run, not by it, so it is no {@link TrainingEvent}; a run hears at most one for
 * each (run, incarnation, channel), and hearing it again changes nothing.
 *
 * @param run the run it is about
 * @param incarnation the incarnation whose events were looked at
 * @param channel what is said
 * @param detector the name of the rule that decided, as in {@code canary_rank}, or of those that
 *     decide together, joined with {@code _and_}: 1 to 64 letters, digits and the signs {@code _ .
 *     -}
 * @param epoch passes over the training set completed before the deciding look
 * @param step updates completed before the deciding look
 * @param spacing updates between the deciding look and the one before it, 0 where there was none:
 *     what happened between the two is seen at the second
 * @param evidence the detector's statistic at the deciding look, in its own unit; not NaN, and an
 *     infinite one is kept as the largest number of its sign
 * @param threshold what the evidence had to reach; the same rules
 * @param estimatedStep an estimate, made afterwards, of the update at which it began: at most
 *     {@code step}, or {@link #NO_ESTIMATE}. No guarantee of the detector holds for it
 * @param reason one line of at most 1,000 characters that a person can act on
 * @param timestampMillis when it was decided, in milliseconds since 1970
 */
public record OnsetDetected(
    RunId run,
    long incarnation,
    OnsetChannel channel,
    String detector,
    int epoch,
    long step,
    long spacing,
    double evidence,
    double threshold,
    long estimatedStep,
    String reason,
    long timestampMillis) {
  /** In place of a back-dated step where there is none. */
  public static final long NO_ESTIMATE = -1;

  private static final Pattern DETECTOR = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int LONGEST_REASON = 1_000;

  /**
   * @throws IllegalArgumentException if a value is not as described
   */
  public OnsetDetected {
    atLeast("incarnation", incarnation, 0);
    atLeast("epoch", epoch, 0);
    atLeast("step", step, 0);
    atLeast("spacing", spacing, 0);
    atLeast("estimatedStep", estimatedStep, NO_ESTIMATE);
    if (!DETECTOR.matcher(detector).matches()) {
      throw new IllegalArgumentException(
          "detector must be 1 to 64 letters, digits and the signs _ . -");
    }
    if (estimatedStep > step) {
      throw new IllegalArgumentException(
          "estimatedStep is %d, must be at most the deciding step %d"
              .formatted(estimatedStep, step));
    }
    if (reason.isBlank()
        || reason.length() > LONGEST_REASON
        || reason.codePoints().anyMatch(OnsetDetected::breaksLine)) {
      throw new IllegalArgumentException(
          "reason must be one line of 1 to %d characters".formatted(LONGEST_REASON));
    }
    evidence = finite("evidence", evidence);
    threshold = finite("threshold", threshold);
  }

  /** Whether there is a back-dated estimate. */
  public boolean isEstimated() {
    return estimatedStep != NO_ESTIMATE;
  }

  private static void atLeast(String field, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d, must be at least %d".formatted(field, value, least));
    }
  }

  private static double finite(String field, double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(field + " must be a number");
    }
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  private static boolean breaksLine(int codePoint) {
    return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
  }
}
