package io.engram.trainer.spec;

import io.engram.events.OnsetAction;
import io.engram.events.OnsetChannel;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run does about its own memorization. Every channel is watched and shown whatever is said
 * here; no clean labels, no validation set and no noise rate are needed.
 *
 * @param channels those whose alarms are acted on
 * @param onOnset what is done at the first step boundary after such an alarm
 * @param falseAlarm how probable an alarm may be over a whole run without memorization
 * @param noiseRate share of wrong labels among the given ones, for the detectors that ask for it;
 *     null where it is not known
 * @param keepBefore whether checkpoints are kept while the run goes on, so that one from before the
 *     onset is there when the alarm comes
 * @param keepEvery when such a checkpoint is written; left out where the last one took more than a
 *     hundredth of the time since then
 * @param keepAtMost how many of them are on disk at once, at least 2: the first, the latest, and in
 *     between ever fewer towards the past
 */
public record OnsetSpec(
    List<OnsetChannel> channels,
    OnsetAction onOnset,
    double falseAlarm,
    @Nullable Double noiseRate,
    boolean keepBefore,
    Schedule keepEvery,
    int keepAtMost) {
  /** Alarms are heard and nothing is done or kept. */
  public static final OnsetSpec NONE =
      new OnsetSpec(
          List.of(OnsetChannel.ONSET), OnsetAction.NONE, 0.01, null, false, Schedule.NEVER, 2);

  public OnsetSpec {
    Settings.present("channels", channels);
    for (int i = 0; i < channels.size(); i++) {
      Settings.present("channels[%d]".formatted(i), channels.get(i));
    }
    if (channels.isEmpty() || new HashSet<>(channels).size() < channels.size()) {
      throw new InvalidSettingException(
          "channels",
          "is %s, must name one or more of warn, onset, harm and each once"
              .formatted(channels.stream().map(OnsetChannel::label).toList()));
    }
    channels = List.copyOf(channels);
    Settings.present("on_onset", onOnset);
    Settings.positive("false_alarm", falseAlarm);
    Settings.below("false_alarm", falseAlarm, 1);
    if (noiseRate != null) {
      Settings.share("noise_rate", noiseRate);
    }
    Settings.present("keep_every", keepEvery);
    Settings.atLeast("keep_at_most", keepAtMost, 2);
  }
}
