package io.engram.collector.aggregate;

import java.util.List;

/**
 * How the training examples fare.
 *
 * @param described training examples whose labels are known to the collector
 * @param observations presentations that were counted
 * @param unmatched presentations that were not: the example was never described as a training
 *     example, or with another given label
 * @param groups one for each label group, {@code CLEAN} and {@code FLIPPED}, also when empty
 */
public record ExamplesSnapshot(
    long described, long observations, long unmatched, List<ExampleGroupSnapshot> groups) {
  public ExamplesSnapshot {
    groups = List.copyOf(groups);
  }
}
