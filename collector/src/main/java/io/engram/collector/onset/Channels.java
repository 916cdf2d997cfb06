package io.engram.collector.onset;

import io.engram.events.OnsetChannel;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which detectors a channel goes by; a detector counts from the look on at which it first raised,
 * but label noise only while it is raised: what a network contradicts because it has not learned it
 * yet is no noise.
 *
 * <ul>
 *   <li>WARN: the canary rank test.
 *   <li>ONSET: the canary rank test, and label noise at the same look, where the rank test can
 *       tell; otherwise fall and gap, where there is a hold-out; otherwise the fall alone.
 *   <li>HARM: once ONSET was raised, a consensus fall at the same look or later.
 * </ul>
 */
final class Channels {
  /** Between the names of detectors that decide together. */
  private static final String AND = "_and_";

  private final Watched canaries;
  private final Watched noise;
  private final Watched fall;
  private final Watched fallAndGap;
  private final Watched consensus;

  /**
   * @param named gives each detector by its name
   */
  Channels(Function<String, Watched> named) {
    canaries = named.apply(CanaryRankTest.NAME);
    noise = named.apply(LabelNoise.NAME);
    fall = named.apply(ContradictionFall.NAME);
    fallAndGap = named.apply(FallWithGap.BOTH);
    consensus = named.apply(ConsensusFall.NAME);
  }

  boolean noiseSeen() {
    return noise.raised() != null;
  }

  /**
   * Whether the detectors raise a channel that was not raised before.
   *
   * @param onset whether ONSET was raised
   * @return null if they do not
   */
  @Nullable OnsetAlarm alarm(OnsetChannel channel, boolean onset) {
    if (channel == OnsetChannel.HARM) {
      Reading now = consensus.now();
      return onset && now.isRaised() ? new OnsetAlarm(channel, names(consensus), now) : null;
    }
    Watched[] deciding = deciding(channel);
    Reading decided = null;
    for (Watched watched : deciding) {
      Reading its = watched == noise && !noise.now().isRaised() ? null : watched.raised();
      if (its == null) {
        return null;
      }
      decided = decided == null || its.step() >= decided.step() ? its : decided;
    }
    return decided == null ? null : new OnsetAlarm(channel, names(deciding), decided);
  }

  /** The state of a channel that is raised. */
  static ChannelSnapshot raised(OnsetAlarm alarm) {
    return new ChannelSnapshot(
        alarm.channel(), OnsetLevel.RAISED, alarm.detectors(), alarm.reading().reason(), alarm);
  }

  /**
   * The state of a channel that is not raised.
   *
   * @param onset whether ONSET is
   */
  ChannelSnapshot notRaised(OnsetChannel channel, boolean onset) {
    String missing = missing(deciding(channel));
    if (channel == OnsetChannel.HARM) {
      Reading now = consensus.now();
      missing = now.isUnknown() ? now.reason() : onset ? "" : missing(deciding(OnsetChannel.ONSET));
    }
    OnsetLevel level = missing.isEmpty() ? OnsetLevel.QUIET : OnsetLevel.UNKNOWN;
    return new ChannelSnapshot(channel, level, names(deciding(channel)), missing, null);
  }

  /** Why those that have not raised cannot tell, each reason once. */
  private static String missing(Watched... detectors) {
    return Arrays.stream(detectors)
        .filter(watched -> watched.raised() == null && watched.now().isUnknown())
        .map(watched -> watched.now().reason())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private Watched[] deciding(OnsetChannel channel) {
    return switch (channel) {
      case WARN -> new Watched[] {canaries};
      case ONSET ->
          !canaries.now().isUnknown()
              ? new Watched[] {canaries, noise}
              : new Watched[] {
                fallAndGap.now().isUnknown() && !fall.now().isUnknown() ? fall : fallAndGap
              };
      case HARM -> new Watched[] {consensus};
    };
  }

  private static String names(Watched... detectors) {
    return Arrays.stream(detectors)
        .map(watched -> watched.detector.name())
        .collect(Collectors.joining(AND));
  }
}
