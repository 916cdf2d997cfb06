package io.engram.collector.onset;

import org.jspecify.annotations.Nullable;

/**
 * Which detectors a channel goes by; a detector counts from the look on at which it first raised.
 *
 * <ul>
 *   <li>WARN: the canary rank test.
 *   <li>ONSET: the canary rank test and label noise, where the rank test can tell; otherwise fall
 *       and gap, where there is a hold-out; otherwise the fall alone.
 *   <li>HARM: once ONSET was raised, a consensus fall at the same look or later.
 * </ul>
 */
final class Channels {
  private final Watched canaries;
  private final Watched noise;
  private final Watched fall;
  private final Watched fallAndGap;
  private final Watched consensus;

  Channels(Watched canaries, Watched noise, Watched fall, Watched fallAndGap, Watched consensus) {
    this.canaries = canaries;
    this.noise = noise;
    this.fall = fall;
    this.fallAndGap = fallAndGap;
    this.consensus = consensus;
  }

  static ChannelSnapshot raised(OnsetAlarm alarm) {
    return new ChannelSnapshot(
        alarm.channel(), OnsetLevel.RAISED, alarm.detectors(), alarm.reading().reason(), alarm);
  }

  boolean noiseSeen() {
    return noise.raised() != null;
  }

  /** What the detectors say of a channel that was not raised before. */
  ChannelSnapshot judge(OnsetChannel channel, boolean onset) {
    return switch (channel) {
      case WARN -> all(channel, canaries);
      case ONSET -> onset(channel);
      case HARM -> harm(channel, onset);
    };
  }

  private ChannelSnapshot onset(OnsetChannel channel) {
    if (!canaries.now().isUnknown()) {
      return all(channel, canaries, noise);
    }
    return fallAndGap.now().isUnknown() && !fall.now().isUnknown()
        ? all(channel, fall)
        : all(channel, fallAndGap);
  }

  private ChannelSnapshot harm(OnsetChannel channel, boolean onset) {
    String name = consensus.detector.name();
    Reading now = consensus.now();
    if (onset && now.isRaised()) {
      return raised(new OnsetAlarm(channel, name, now));
    }
    ChannelSnapshot before = onset(OnsetChannel.ONSET);
    if (now.isUnknown() || (!onset && before.level() == OnsetLevel.UNKNOWN)) {
      String reason = now.isUnknown() ? now.reason() : before.reason();
      return new ChannelSnapshot(channel, OnsetLevel.UNKNOWN, name, reason, null);
    }
    return new ChannelSnapshot(channel, OnsetLevel.QUIET, name, "", null);
  }

  /** Raised once each of the detectors has raised at some look; the last to do so decides. */
  private static ChannelSnapshot all(OnsetChannel channel, Watched... detectors) {
    StringBuilder names = new StringBuilder();
    StringBuilder missing = new StringBuilder();
    Reading decided = null;
    boolean raised = true;
    for (Watched watched : detectors) {
      names.append(names.isEmpty() ? "" : "_and_").append(watched.detector.name());
      Reading its = watched.raised();
      raised &= its != null;
      decided = later(decided, its);
      if (its == null && watched.now().isUnknown()) {
        missing.append(missing.isEmpty() ? "" : "; ").append(watched.now().reason());
      }
    }
    if (raised && decided != null) {
      return raised(new OnsetAlarm(channel, names.toString(), decided));
    }
    OnsetLevel level = missing.isEmpty() ? OnsetLevel.QUIET : OnsetLevel.UNKNOWN;
    return new ChannelSnapshot(channel, level, names.toString(), missing.toString(), null);
  }

  private static @Nullable Reading later(@Nullable Reading one, @Nullable Reading other) {
    return one == null || (other != null && other.step() >= one.step()) ? other : one;
  }
}
