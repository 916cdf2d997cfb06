package io.engram.collector.watch;

/**
 * A detector's evidence wherever it had any, in the order of the run.
 *
 * @param detector its name
 * @param steps updates completed before what it looked at
 * @param evidence what it had
 * @param threshold what it would have had to reach; NaN where it is only reported
 */
public record EvidenceSeries(
    String detector, long[] steps, double[] evidence, double[] threshold) {}
