package io.engram.collector.aggregate;

/**
 * One of the trainer's probes, over all incarnations that continue the run's history.
 *
 * @param probe its name in the run file
 * @param measured times it measured
 * @param failed times it was due and could not measure
 * @param skipped times it was due and was left out because it had fallen behind
 * @param seconds wall time of its measurements, on whatever thread
 * @param problem what was in the way the last time it failed; empty if it never did
 */
public record ProbeSnapshot(
    String probe, long measured, long failed, long skipped, double seconds, String problem) {}
