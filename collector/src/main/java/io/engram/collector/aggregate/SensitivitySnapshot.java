package io.engram.collector.aggregate;

import io.engram.events.SensitivityKind;

/**
 * The loss-sensitivity of the training examples, of one kind.
 *
 * @param kind what is differentiated by what
 * @param measurements measurements so far; for {@code DIRECT} the epochs that were looked at
 * @param step updates completed before the latest
 * @param updates updates that the latest was differentiated through; 0 for {@code DIRECT}
 * @param gini inequality of the examples' means over their measurements, or for {@code DIRECT} over
 *     their presentations
 * @param matrix the class matrix, where one was measured
 * @param values all values measured, one for each example and measurement
 */
public record SensitivitySnapshot(
    SensitivityKind kind,
    long measurements,
    long step,
    long updates,
    Gini gini,
    ClassMatrix matrix,
    HistogramCounts values) {}
