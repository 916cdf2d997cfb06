package io.engram.collector.onset;

import org.jspecify.annotations.Nullable;

/**
 * Which detectors a channel goes by. WARN: the canary rank test. ONSET: the canary rank test and
 * label noise, each at some look so far, where the rank test can tell. HARM: nothing yet.
 */
final class Channels {
  private final Watched canaries;
  private final Watched noise;

  Channels(Watched canaries, Watched noise) {
    this.canaries = canaries;
    this.noise = noise;
  }

  static ChannelSnapshot raised(OnsetAlarm alarm) {
    return new ChannelSnapshot(
        alarm.channel(), OnsetLevel.RAISED, alarm.detectors(), alarm.reading().reason(), alarm);
  }

  boolean noiseSeen() {
    return noise.raised() != null;
  }

  /** What the detectors say of a channel, without regard to what was latched before. */
  ChannelSnapshot judge(OnsetChannel channel) {
    return switch (channel) {
      case WARN -> all(channel, canaries);
      case ONSET -> all(channel, canaries, noise);
      case HARM ->
          new ChannelSnapshot(channel, OnsetLevel.UNKNOWN, "", "no detector looks for harm", null);
    };
  }

  /** Raised once each of the detectors has raised at some look; the last to do so decides. */
  private static ChannelSnapshot all(OnsetChannel channel, Watched... detectors) {
    StringBuilder names = new StringBuilder();
    StringBuilder missing = new StringBuilder();
    Reading decided = null;
    boolean raised = true;
    for (Watched watched : detectors) {
      names.append(names.isEmpty() ? "" : "+").append(watched.detector.name());
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
