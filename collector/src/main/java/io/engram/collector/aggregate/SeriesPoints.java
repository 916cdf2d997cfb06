package io.engram.collector.aggregate;

/**
 * A stretch of one series, in ascending order of the steps. A step that was done twice, because the
 * run was resumed from an earlier checkpoint, stands twice, the redone one last.
 *
 * @param name the series
 * @param steps updates completed before each point
 * @param values the points, single precision; NaN and infinities where they were measured
 */
public record SeriesPoints(String name, long[] steps, float[] values) {}
