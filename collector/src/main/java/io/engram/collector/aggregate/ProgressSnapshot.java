package io.engram.collector.aggregate;

/**
 * Training steps. Totals count work done, steps redone after a resume included.
 *
 * @param steps training steps
 * @param stepsRedone those of them that were done again after a resume, or are about to be
 * @param examples training examples of these steps
 * @param correct how many of them the forward pass in training mode predicted as given
 * @param stepSeconds wall time of the steps, distribution and sum, seconds
 * @param stepLoss mean cross-entropy of the latest step, nats; NaN before the first step and where
 *     the network has diverged
 * @param stepAccuracy share of correct predictions in the latest step, 0 to 1; NaN before the first
 * @param learningRate of the latest step; NaN before the first
 * @param epochSeconds wall time of the latest epoch's steps; NaN before the first
 */
public record ProgressSnapshot(
    long steps,
    long stepsRedone,
    long examples,
    long correct,
    HistogramCounts stepSeconds,
    double stepLoss,
    double stepAccuracy,
    double learningRate,
    double epochSeconds) {}
