package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.PresentedView;
import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.events.OnsetChannel;
import io.engram.events.RunStarted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Feeds the detectors of one run and latches its channels. */
final class Decisions {
  private final Signals signals = new Signals();
  private final List<Watched> detectors;
  private final Channels channels;
  private final Map<OnsetChannel, OnsetAlarm> alarms = new EnumMap<>(OnsetChannel.class);
  private final Clock looks = new Clock();
  private final Clock evaluations = new Clock();
  private final Clock searches = new Clock();
  private final Clock presentations = new Clock();
  private final Clock scores = new Clock();

  Decisions(RunStarted.Onset settings) {
    detectors = Detectors.all(settings).stream().map(Watched::new).toList();
    channels = new Channels(this::named);
  }

  private Watched named(String name) {
    return detectors.stream()
        .filter(watched -> watched.detector.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  List<OnsetAlarm> update(RunAggregate run, OnsetListener listener) {
    boolean changed = false;
    if (looks.isNew(run.looks())) {
      LookView look = run.look();
      goBackTo(look.step(), listener);
      signals.onLook(look);
      looks.take(run.looks(), look.step());
      tell(looks, look.epoch(), listener, detector -> detector.onLook(look, signals));
      changed = true;
    }
    if (evaluations.isNew(run.evaluations())) {
      evaluations.take(run.evaluations(), run.step());
      tell(
          evaluations,
          run.epoch(),
          listener,
          detector -> detector.onEvaluation(run.latestEvaluations()));
      changed = true;
    }
    if (searches.isNew(run.criticalSamplesSearches())) {
      searches.take(run.criticalSamplesSearches(), run.step());
      boolean burnedIn = run.step() >= Signals.burnIn(run.stepsPerEpoch());
      tell(
          searches,
          run.epoch(),
          listener,
          detector -> detector.onSearch(burnedIn, run.criticalSamples()));
      changed = true;
    }
    if (presentations.isNew(run.presentedParts())) {
      PresentedView presented = run.presented();
      presentations.take(run.presentedParts(), presented.step());
      tell(presentations, run.epoch(), listener, detector -> detector.onPresented(presented));
      changed = true;
    }
    if (scores.isNew(run.svalidation().scores())) {
      SValidationSnapshot scored = run.svalidation();
      scores.take(scored.scores(), run.step());
      tell(scores, run.epoch(), listener, detector -> detector.onScored(scored));
      changed = true;
    }
    return changed ? latch() : List.of();
  }

  private void goBackTo(long step, OnsetListener listener) {
    if (step < looks.step) {
      detectors.forEach(watched -> watched.goBackTo(step));
      alarms.values().removeIf(alarm -> alarm.reading().step() >= step);
      listener.wentBack(step);
    }
  }

  private void tell(
      Clock clock,
      int epoch,
      OnsetListener listener,
      Function<OnsetDetector, @Nullable Reading> ask) {
    for (Watched watched : detectors) {
      Reading said = ask.apply(watched.detector);
      if (said != null) {
        watched.take(said.at(epoch, clock.step, clock.spacing));
        listener.said(watched.detector.name(), watched.now());
      }
    }
  }

  private List<OnsetAlarm> latch() {
    List<OnsetAlarm> fresh = new ArrayList<>();
    for (OnsetChannel channel : OnsetChannel.values()) {
      if (!alarms.containsKey(channel)) {
        OnsetAlarm alarm = channels.alarm(channel, alarms.containsKey(OnsetChannel.ONSET));
        if (alarm != null) {
          alarms.put(channel, alarm);
          fresh.add(alarm);
        }
      }
    }
    return fresh;
  }

  OnsetSnapshot snapshot() {
    List<ChannelSnapshot> states = new ArrayList<>();
    for (OnsetChannel channel : OnsetChannel.values()) {
      OnsetAlarm alarm = alarms.get(channel);
      states.add(
          alarm == null
              ? channels.notRaised(channel, alarms.containsKey(OnsetChannel.ONSET))
              : Channels.raised(alarm));
    }
    return new OnsetSnapshot(
        looks.count,
        looks.step,
        states,
        detectors.stream().map(Watched::snapshot).toList(),
        signals.flipRate(),
        channels.noiseSeen() ? signals.fitted() : Double.NaN);
  }

  void save(DataOutput out) throws IOException {
    signals.save(out);
    for (Watched watched : detectors) {
      watched.save(out);
    }
    out.writeInt(alarms.size());
    for (OnsetAlarm alarm : alarms.values()) {
      out.writeUTF(alarm.channel().name());
      out.writeUTF(alarm.detectors());
      ReadingIo.write(alarm.reading(), out);
    }
    for (Clock clock : clocks()) {
      clock.save(out);
    }
  }

  /**
   * @throws IllegalArgumentException if the state is damaged
   */
  void restore(DataInput in) throws IOException {
    signals.restore(in);
    for (Watched watched : detectors) {
      watched.restore(in);
    }
    for (int n = in.readInt(); n > 0; n--) {
      OnsetChannel channel = OnsetChannel.valueOf(in.readUTF());
      alarms.put(channel, new OnsetAlarm(channel, in.readUTF(), ReadingIo.read(in)));
    }
    for (Clock clock : clocks()) {
      clock.restore(in);
    }
  }

  private List<Clock> clocks() {
    return List.of(looks, evaluations, searches, presentations, scores);
  }

  /** How many of something were taken, and the steps of the latest two. */
  private static final class Clock {
    long count;
    long step = -1;
    long spacing;

    boolean isNew(long of) {
      return of != count;
    }

    void take(long of, long atStep) {
      count = of;
      spacing = step < 0 ? 0 : Math.max(0, atStep - step);
      step = atStep;
    }

    void save(DataOutput out) throws IOException {
      out.writeLong(count);
      out.writeLong(step);
      out.writeLong(spacing);
    }

    void restore(DataInput in) throws IOException {
      count = in.readLong();
      step = in.readLong();
      spacing = in.readLong();
    }
  }
}
