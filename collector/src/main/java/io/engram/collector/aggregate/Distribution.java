package io.engram.collector.aggregate;

/**
 * How many examples have a quantity in which range, at one moment.
 *
 * @param upperBounds inclusive upper bounds, ascending
 * @param counts examples in each range (not cumulative); one more than there are bounds, the last
 *     for all above
 */
public record Distribution(double[] upperBounds, long[] counts) {}
