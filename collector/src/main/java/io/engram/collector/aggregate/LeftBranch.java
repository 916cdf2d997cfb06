package io.engram.collector.aggregate;

/**
 * Steps that were done after a checkpoint and left when the run was resumed from it.
 *
 * @param incarnation that did them last
 * @param fromStep the first of them
 * @param toStep the step after the last of them
 * @param steps places of the points of its loss, thinned
 * @param losses mean loss of each, in nats
 */
public record LeftBranch(
    long incarnation, long fromStep, long toStep, long[] steps, float[] losses) {}
