package io.engram.collector.aggregate;

/**
 * A cell of the data map. Its ranges begin after those of the cells before.
 *
 * @param meanUpTo inclusive end of its range of the mean confidence in the given label, up to 1
 * @param deviationUpTo the same of the standard deviation of that confidence, up to 0.5
 * @param examples training examples in it
 */
public record ConfidenceCell(double meanUpTo, double deviationUpTo, long examples) {}
