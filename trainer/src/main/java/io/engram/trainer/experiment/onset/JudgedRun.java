package io.engram.trainer.experiment.onset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run with its truth and what was raised.
 *
 * @param run which one
 * @param truth what happened
 * @param raised by what detectors could see: {@code hold-out} or {@code no hold-out}
 */
record JudgedRun(PlannedRun run, GroundTruth truth, Map<String, List<Raised>> raised) {
  JudgedRun {
    raised = new TreeMap<>(raised);
  }
}
