package io.engram.trainer.experiment.onset;

import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.Proportion;
import java.util.List;
import java.util.Locale;

/** What stands in the cells of the tables. Shares have Wilson's interval at 95 %. */
final class Cells {
  static final double LEVEL = 0.05;

  private Cells() {}

  static String word(boolean canaries) {
    return canaries ? "canaries" : "no-canaries";
  }

  static Object median(List<Double> values) {
    return shown(Score.Quartiles.of(values).median());
  }

  static String share(int count, int runs) {
    if (runs == 0) {
      return "-";
    }
    Interval interval = Proportion.wilson(count, runs, LEVEL);
    return String.format(
        Locale.ROOT,
        "%d/%d %.1f%% [%.1f, %.1f]",
        count,
        runs,
        100.0 * count / runs,
        100 * interval.lower(),
        100 * interval.upper());
  }

  static Object shown(double value) {
    return Double.isFinite(value) ? value : "-";
  }
}
