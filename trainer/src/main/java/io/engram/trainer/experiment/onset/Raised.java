package io.engram.trainer.experiment.onset;

import io.engram.events.OnsetChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a channel or a detector did in a run.
 *
 * @param name of the detector, or {@code channel:onset}
 * @param channel that it belongs to; null if it is only reported
 * @param step of the deciding look; -1 if it never raised
 * @param able whether it could tell at any look
 * @param steps of the looks at which a detector had evidence; empty for a channel
 * @param margins its evidence less the threshold at those looks
 */
record Raised(
    String name,
    @Nullable OnsetChannel channel,
    long step,
    boolean able,
    long[] steps,
    double[] margins) {
  static String nameOf(OnsetChannel channel) {
    return "channel:" + channel.label();
  }

  /** Whether it ever raised. */
  boolean raised() {
    return step >= 0;
  }

  /**
   * The greatest margin that it had at two looks in a row: it would have raised had its threshold
   * been higher by less than this. Negative infinity where there are no such looks.
   *
   * @param before only looks before this step; -1 for all
   */
  double highest(long before) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < margins.length; i++) {
      if (before < 0 || steps[i] < before) {
        highest = Math.max(highest, Math.min(margins[i - 1], margins[i]));
      }
    }
    return highest;
  }
}
