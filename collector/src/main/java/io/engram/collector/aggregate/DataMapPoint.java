package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;

/**
 * A training example on the data map (Swayamdipta et al. 2020).
 *
 * @param id the example
 * @param confidence mean over its presentations of the probability of its given label, 0 to 1
 * @param variability standard deviation of the same, 0 to 0.5
 * @param correctShare share of its presentations that were predicted as given
 * @param labels its label group
 */
public record DataMapPoint(
    int id, double confidence, double variability, double correctShare, LabelGroup labels) {}
