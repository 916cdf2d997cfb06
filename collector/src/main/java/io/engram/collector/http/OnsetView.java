package io.engram.collector.http;

import io.engram.collector.onset.ChannelSnapshot;
import io.engram.collector.onset.DetectorSnapshot;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.Reading;
import io.engram.collector.watch.AlarmAnswer;
import io.engram.collector.watch.WatchSnapshot;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is decided of a run so far.
 *
 * @param step updates completed before the latest look; null before the first
 * @param flipRate estimated share of wrong given labels; null where it cannot be
 * @param flipRateAtOnset the same when the channel {@code onset} was raised: the estimate falls
 *     while wrong labels are fitted; null unless it is raised, or where it was not known
 * @param fitted how far the wrong labels are fitted, 0 to 1, ordinal; null unless there are some
 */
record OnsetView(
    long looks,
    @Nullable Long step,
    double flipRate,
    double flipRateAtOnset,
    double fitted,
    List<Channel> channels,
    List<Detector> detectors) {

  /**
   * @param reason why it is raised, or cannot tell; empty where quiet
   * @param raisedAt what the detector said that decided; null unless raised
   * @param alarms times it was raised, more than one where a run went back
   * @param answer what the run did about it; null while it has not answered, or unless raised
   */
  record Channel(
      String channel,
      String level,
      String detectors,
      String reason,
      @Nullable Said raisedAt,
      long alarms,
      @Nullable Answer answer) {}

  /**
   * @param channel null if it is only reported
   * @param now what it says; null before the first look
   * @param raisedAt what it said when it first raised; null if it has not
   */
  record Detector(
      String detector,
      @Nullable String channel,
      String level,
      String reason,
      @Nullable Said now,
      @Nullable Said raisedAt) {}

  /**
   * @param step updates completed before the look
   * @param lookSpacing steps since the look before
   * @param estimatedStep a step to which it is dated back, an estimate for which no guarantee
   *     holds; null where there is none
   */
  record Said(
      int epoch,
      long step,
      long lookSpacing,
      double evidence,
      double threshold,
      String reason,
      @Nullable Long estimatedStep) {}

  /**
   * @param action {@code none}, {@code checkpoint}, {@code pause} or {@code stop}; null where it
   *     could not be told or did not act
   * @param step updates completed when it acted
   * @param problem why it did not; empty if it did
   */
  record Answer(@Nullable String action, @Nullable Long step, String problem) {}

  static OnsetView of(WatchSnapshot decided) {
    var onset = decided.onset();
    return new OnsetView(
        onset.looks(),
        onset.step() < 0 ? null : onset.step(),
        onset.flipRate(),
        decided.flipRateAtOnset(),
        onset.fitted(),
        onset.channels().stream().map(channel -> of(channel, decided)).toList(),
        onset.detectors().stream().map(OnsetView::of).toList());
  }

  private static Channel of(ChannelSnapshot channel, WatchSnapshot decided) {
    OnsetAlarm alarm = channel.alarm();
    return new Channel(
        channel.channel().label(),
        channel.level().label(),
        channel.detectors(),
        channel.reason(),
        alarm == null ? null : of(alarm.reading()),
        decided.alarms().getOrDefault(channel.channel(), 0L),
        of(decided.answers().get(channel.channel())));
  }

  private static @Nullable Answer of(@Nullable AlarmAnswer answer) {
    if (answer == null) {
      return null;
    }
    OnsetAnswered done = answer.answered();
    return done == null
        ? new Answer(null, null, answer.problem())
        : new Answer(done.action().label(), done.step(), "");
  }

  private static Detector of(DetectorSnapshot detector) {
    Reading now = detector.now();
    Reading raised = detector.raised();
    OnsetChannel channel = detector.channel();
    return new Detector(
        detector.name(),
        channel == null ? null : channel.label(),
        now.level().label(),
        now.reason(),
        now.step() < 0 ? null : of(now),
        raised == null ? null : of(raised));
  }

  private static Said of(Reading reading) {
    return new Said(
        reading.epoch(),
        reading.step(),
        reading.lookSpacing(),
        reading.evidence(),
        reading.threshold(),
        reading.reason(),
        reading.estimatedStep() < 0 ? null : reading.estimatedStep());
  }
}
