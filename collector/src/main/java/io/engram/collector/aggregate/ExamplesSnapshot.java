package io.engram.collector.aggregate;

import java.util.List;

/**
 * How the training examples fare.
 *
 * @param described training examples whose labels are known to the collector
 * @param observations presentations that were counted
 * @param undescribed presentations that were not, because the example was never described as a
 *     training example
 * @param mislabelled presentations that were not, because the example was described with another
 *     given label
 * @param redescribed times that an example was described again with other labels; the first ones
 *     hold
 * @param groups one for each label group, {@code CLEAN} and {@code FLIPPED}, also when empty
 */
public record ExamplesSnapshot(
    long described,
    long observations,
    long undescribed,
    long mislabelled,
    long redescribed,
    List<ExampleGroupSnapshot> groups) {
  public ExamplesSnapshot {
    groups = List.copyOf(groups);
  }
}
