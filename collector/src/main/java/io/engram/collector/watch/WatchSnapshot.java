package io.engram.collector.watch;

import io.engram.collector.onset.OnsetSnapshot;
import io.engram.events.OnsetChannel;
import java.util.Map;

/**
 * What is decided of a run so far, and what came of it.
 *
 * @param onset channels and detectors
 * @param alarms how often each channel was raised, a run that goes back can raise one again
 * @param answers of the channels that are raised, what the run did; none while it has not answered
 * @param flipRateAtOnset estimated share of wrong given labels at the look that raised the channel
 *     ONSET; NaN unless it is raised, or where it could not be estimated
 */
public record WatchSnapshot(
    OnsetSnapshot onset,
    Map<OnsetChannel, Long> alarms,
    Map<OnsetChannel, AlarmAnswer> answers,
    double flipRateAtOnset) {
  public WatchSnapshot {
    alarms = Map.copyOf(alarms);
    answers = Map.copyOf(answers);
  }
}
