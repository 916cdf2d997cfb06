package io.engram.trainer.experiment.onset;

import io.engram.trainer.experiment.grid.SettingsHash;
import io.engram.trainer.spec.RunSpec;

/** A run of the grid. */
record PlannedRun(Condition condition, int seed, Half half, RunSpec spec) {
  /**
   * Of its files, without an ending. It ends with a hash of all settings that the run depends on,
   * so that the files of a run that was asked for differently are not taken for its own.
   */
  String file() {
    return "%s_seed-%d_%s"
        .formatted(condition.name().replace('/', '_'), seed, SettingsHash.of(spec));
  }
}
