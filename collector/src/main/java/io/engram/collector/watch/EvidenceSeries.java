package io.engram.collector.watch;

/**
 * A detector's evidence at the looks at which it had any, in the order of the run.
 *
 * @param detector its name
 * @param steps updates completed before the look
 * @param evidence what it had
 * @param threshold what it would have had to reach
 */
public record EvidenceSeries(
    String detector, long[] steps, double[] evidence, double[] threshold) {}
