package io.engram.collector.watch;

import io.engram.collector.onset.ChannelSnapshot;
import io.engram.collector.onset.DetectorSnapshot;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.OnsetLevel;
import io.engram.collector.onset.OnsetSnapshot;
import io.engram.collector.onset.Reading;
import io.engram.collector.onset.Reason;
import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.RunId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decisions that never change: two channels raised and one that cannot tell; and none yet. */
public final class FixedWatch {
  private static final Reading CANARIES =
      new Reading(
          OnsetLevel.RAISED,
          9.5,
          2.25,
          Reason.of("the canaries' labels are known"),
          3,
          468,
          117,
          400);
  private static final Reading NOISE =
      new Reading(OnsetLevel.QUIET, 0.0125, 0.025, Reason.of("1.2 % contradict"), 3, 468, 117, -1);
  private static final Reading NO_HOLDOUT =
      new Reading(
          OnsetLevel.UNKNOWN,
          Double.NaN,
          Double.NaN,
          Reason.of("the run has no hold-out"),
          3,
          468,
          117,
          -1);

  private FixedWatch() {}

  /** The decisions by run. */
  public static SortedMap<RunId, WatchSnapshot> all() {
    OnsetAlarm warn = new OnsetAlarm(OnsetChannel.WARN, "canary_rank", CANARIES);
    OnsetAlarm onset = new OnsetAlarm(OnsetChannel.ONSET, "canary_rank_and_label_noise", CANARIES);
    OnsetSnapshot memorizing =
        new OnsetSnapshot(
            4,
            468,
            List.of(
                raised(warn),
                raised(onset),
                new ChannelSnapshot(
                    OnsetChannel.HARM, OnsetLevel.UNKNOWN, "", "nothing looks for harm", null)),
            List.of(
                new DetectorSnapshot("canary_rank", OnsetChannel.WARN, CANARIES, CANARIES),
                new DetectorSnapshot("label_noise", OnsetChannel.ONSET, NOISE, NOISE),
                new DetectorSnapshot("holdout_gap", OnsetChannel.ONSET, NO_HOLDOUT, null)),
            0.375,
            0.0625);
    SortedMap<RunId, WatchSnapshot> all = new TreeMap<>();
    all.put(
        new RunId("memorizing"),
        new WatchSnapshot(
            memorizing,
            Map.of(OnsetChannel.WARN, 1L, OnsetChannel.ONSET, 2L),
            Map.of(
                OnsetChannel.WARN,
                AlarmAnswer.failed("nobody takes it"),
                OnsetChannel.ONSET,
                AlarmAnswer.of(new OnsetAnswered(OnsetAction.PAUSE, 469))),
            0.4375));
    return all;
  }

  private static ChannelSnapshot raised(OnsetAlarm alarm) {
    return new ChannelSnapshot(
        alarm.channel(), OnsetLevel.RAISED, alarm.detectors(), alarm.reading().reason(), alarm);
  }
}
