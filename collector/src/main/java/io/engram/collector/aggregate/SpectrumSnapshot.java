package io.engram.collector.aggregate;

/**
 * The latest spectrum of the covariance of per-example gradients of the last layer's weights.
 *
 * @param measured spectra so far
 * @param step updates completed before the latest
 * @param examples examples it was taken over
 * @param effectiveRank as {@link EffectiveRank} has it, 1 to {@code examples}; NaN before the first
 * @param trace the sum of the eigenvalues: mean squared distance of a gradient from their mean
 */
public record SpectrumSnapshot(
    long measured, long step, int examples, double effectiveRank, double trace) {}
