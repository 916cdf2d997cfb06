package io.engram.collector.onset;

import io.engram.events.OnsetChannel;

/**
 * The moment at which a channel was raised.
 *
 * @param channel which one
 * @param detectors names of the detectors that it goes by, joined with {@code _and_}
 * @param reading what the detector said that decided, with its place and evidence
 */
public record OnsetAlarm(OnsetChannel channel, String detectors, Reading reading) {}
