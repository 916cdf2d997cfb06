package io.engram.trainer.experiment.onset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What a detector would do with its threshold shifted: false alarms where silence is right, and
 * onsets that are raised in time where an onset is right. For all detectors alike the evidence must
 * be over the threshold at two looks in a row.
 */
final class TradeOff {
  private final double[] silent;
  private final double[] onset;

  /**
   * @param silent outcomes in runs where silence is right
   * @param onset outcomes in runs where an onset is right
   */
  TradeOff(List<Score.Outcome> silent, List<Score.Outcome> onset) {
    this.silent = silent.stream().mapToDouble(o -> o.raised().highest(-1)).sorted().toArray();
    this.onset =
        onset.stream()
            .mapToDouble(o -> o.raised().highest(o.truth().accuracy().harmStep()))
            .sorted()
            .toArray();
  }

  int silentRuns() {
    return silent.length;
  }

  int onsetRuns() {
    return onset.length;
  }

  /** How many false alarms there are where the threshold is higher by {@code shift}. */
  int falseAlarms(double shift) {
    return atLeast(silent, shift);
  }

  /** How many onsets are raised in time there. */
  int inTime(double shift) {
    return atLeast(onset, shift);
  }

  /** The least shift at which at most this share of the silent runs raise a false alarm. */
  double shift(double falseAlarms) {
    return shifts()
        .filter(shift -> falseAlarms(shift) <= falseAlarms * silent.length)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Every shift at which something changes, ascending; just above each margin that occurs. */
  DoubleStream shifts() {
    return DoubleStream.concat(Arrays.stream(silent), Arrays.stream(onset))
        .filter(Double::isFinite)
        .distinct()
        .sorted()
        .flatMap(margin -> DoubleStream.of(margin, Math.nextUp(margin)))
        .distinct();
  }

  private static int atLeast(double[] ascending, double shift) {
    int at = Arrays.binarySearch(ascending, shift);
    int first = at < 0 ? -at - 1 : at;
    while (first > 0 && ascending[first - 1] == shift) {
      first--;
    }
    return ascending.length - first;
  }
}
