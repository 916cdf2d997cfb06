package io.engram.collector.onset;

/**
 * What the detectors are told. Nothing here is needed: the defaults suit a run of which nothing is
 * known.
 *
 * @param falseAlarm chance of a false alarm over a whole run, for each detector that claims one;
 *     between 0 and 1
 * @param noiseRate share of wrong labels among the given ones of the training set, 0 to 1; NaN
 *     where it is not known
 */
public record OnsetSettings(double falseAlarm, double noiseRate) {
  /** One false alarm in a hundred runs, nothing known of the noise. */
  public static final OnsetSettings DEFAULTS = new OnsetSettings(0.01, Double.NaN);

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public OnsetSettings {
    if (!(falseAlarm > 0 && falseAlarm < 1)) {
      throw new IllegalArgumentException(
          "falseAlarm %s must be greater than 0 and less than 1".formatted(falseAlarm));
    }
    if (noiseRate < 0 || noiseRate > 1) {
      throw new IllegalArgumentException(
          "noiseRate %s must be between 0 and 1, or NaN".formatted(noiseRate));
    }
  }
}
