package io.engram.collector.onset;

import io.engram.events.OnsetChannel;
import java.util.List;

/**
 * What is decided of a run so far.
 *
 * @param looks looks taken
 * @param step updates completed before the latest look; -1 before the first
 * @param channels one for each channel, in the order of {@link OnsetChannel}
 * @param detectors every detector, in a fixed order
 * @param flipRate share of wrong given labels as estimated from the training examples, or from the
 *     hold-out where there is one; NaN where it cannot be
 * @param fitted by how much, 0 to 1, the share of contradicted training labels has fallen from its
 *     maximum: how far the wrong labels are fitted; an ordinal gauge, NaN unless label noise is
 *     seen
 */
public record OnsetSnapshot(
    long looks,
    long step,
    List<ChannelSnapshot> channels,
    List<DetectorSnapshot> detectors,
    double flipRate,
    double fitted) {
  public OnsetSnapshot {
    channels = List.copyOf(channels);
    detectors = List.copyOf(detectors);
  }

  /** The state of one channel. */
  public ChannelSnapshot channel(OnsetChannel channel) {
    return channels.get(channel.ordinal());
  }
}
