package io.engram.collector.aggregate;

/**
 * The latest checkpoint of a run.
 *
 * @param step updates completed when it was written
 * @param location where it is, as the trainer names it
 * @param timestampMillis when it was written, milliseconds since 1970
 */
public record CheckpointSnapshot(long step, String location, long timestampMillis) {}
