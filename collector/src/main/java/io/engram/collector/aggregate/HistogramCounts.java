package io.engram.collector.aggregate;

/**
 * A histogram of non-negative values, counted twice: in a few fixed (classic) buckets, and in the
 * exponential buckets of Prometheus' native histograms.
 *
 * @param upperBounds inclusive upper bounds of the classic buckets, ascending
 * @param counts values in each classic bucket (not cumulative); one more than there are bounds, the
 *     last for all above
 * @param schema resolution of the native buckets: bucket i holds values in (b<sup>i-1</sup>,
 *     b<sup>i</sup>] with b = 2 to the power of 2<sup>-schema</sup>
 * @param firstIndex index of the native bucket of {@code nativeCounts[0]}
 * @param nativeCounts values in consecutive native buckets (not cumulative)
 * @param zeroThreshold values up to here are counted in {@code zeroCount}
 * @param zeroCount values in the native bucket around zero
 * @param count values counted
 * @param sum their sum
 * @param invalid values that were NaN, infinite or negative: in no bucket, neither in count nor in
 *     sum
 */
public record HistogramCounts(
    double[] upperBounds,
    long[] counts,
    int schema,
    int firstIndex,
    long[] nativeCounts,
    double zeroThreshold,
    long zeroCount,
    long count,
    double sum,
    long invalid) {}
