package io.engram.collector.onset;

import io.engram.events.OnsetChannel;
import org.jspecify.annotations.Nullable;

/**
 * A detector of a run.
 *
 * @param name which one
 * @param channel what its sign belongs to; null if it never raises and is only reported
 * @param now what it says
 * @param raised what it said when it first raised; null while it has not. It may be quiet again now
 */
public record DetectorSnapshot(
    String name, @Nullable OnsetChannel channel, Reading now, @Nullable Reading raised) {}
