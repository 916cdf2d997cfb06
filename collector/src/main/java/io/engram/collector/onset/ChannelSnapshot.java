package io.engram.collector.onset;

import io.engram.events.OnsetChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a run. Once raised it stays so, until the run goes back to a step before.
 *
 * @param channel which one
 * @param level RAISED from the alarm on; before, QUIET if its detectors can tell, else UNKNOWN
 * @param detectors names of the detectors that it goes by, joined with {@code _and_}
 * @param reason why it was raised, or cannot tell; empty where quiet
 * @param alarm what raised it; null while nothing has
 */
public record ChannelSnapshot(
    OnsetChannel channel,
    OnsetLevel level,
    String detectors,
    String reason,
    @Nullable OnsetAlarm alarm) {}
