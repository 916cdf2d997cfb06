package io.engram.trainer.experiment.onset;

import java.util.Locale;

/** What a run is used for. */
enum Half {
  /** Thresholds may be chosen by it. */
  FIXED,
  /** Thresholds are judged by it; nothing was chosen by it. */
  JUDGED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
