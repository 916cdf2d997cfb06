package io.engram.collector.aggregate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
 * @param impossible times that a training example was described with a label that no class has; it
 *     is not kept
 * @param canaries presentations of canaries, which are in no other figure here
 * @param mislabelAuroc how well each score told flipped labels from clean ones when an epoch last
 *     ended: the chance that a flipped one has a higher score than a clean one; empty where no
 *     presented label is known to be wrong
 * @param groups one for each label group, {@code CLEAN} and {@code FLIPPED}, also when empty
 */
public record ExamplesSnapshot(
    long described,
    long observations,
    long undescribed,
    long mislabelled,
    long redescribed,
    long impossible,
    long canaries,
    Map<MislabelScore, Double> mislabelAuroc,
    List<ExampleGroupSnapshot> groups) {
  public ExamplesSnapshot {
    mislabelAuroc = Collections.unmodifiableMap(new TreeMap<>(mislabelAuroc));
    groups = List.copyOf(groups);
  }
}
