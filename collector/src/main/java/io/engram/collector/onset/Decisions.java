package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.RunAggregate;
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
  private final List<Watched> detectors = new ArrayList<>();
  private final Channels channels;
  private final Map<OnsetChannel, OnsetAlarm> alarms = new EnumMap<>(OnsetChannel.class);
  private final Clock looks = new Clock();
  private final Clock evaluations = new Clock();
  private final Clock searches = new Clock();

  Decisions(OnsetSettings settings) {
    channels =
        new Channels(
            watch(new CanaryRankTest(settings)),
            watch(new LabelNoise()),
            watch(new ContradictionFall()),
            watch(FallWithGap.both()),
            watch(new ConsensusFall()));
    watch(new ArbitraryLabels());
    watch(new HoldoutGap());
    watch(FallWithGap.either());
    watch(new HoldoutFall(settings));
    watch(new HoldoutCusum());
    watch(new NoiseCeiling(settings));
    watch(new CriticalSamplesRise(settings));
    watch(new LabelWave());
  }

  private Watched watch(OnsetDetector detector) {
    Watched watched = new Watched(detector);
    detectors.add(watched);
    return watched;
  }

  List<OnsetAlarm> update(RunAggregate run) {
    boolean changed = false;
    if (looks.isNew(run.looks())) {
      LookView look = run.look();
      goBackTo(look.step());
      signals.onLook(look);
      looks.take(run.looks(), look.step());
      tell(looks, look.epoch(), detector -> detector.onLook(look, signals));
      changed = true;
    }
    if (evaluations.isNew(run.evaluations())) {
      evaluations.take(run.evaluations(), run.step());
      tell(evaluations, run.epoch(), detector -> detector.onEvaluation(run.latestEvaluations()));
      changed = true;
    }
    if (searches.isNew(run.criticalSamplesSearches())) {
      searches.take(run.criticalSamplesSearches(), run.step());
      boolean burnedIn = run.step() >= Signals.burnIn(run.stepsPerEpoch());
      tell(searches, run.epoch(), detector -> detector.onSearch(burnedIn, run.criticalSamples()));
      changed = true;
    }
    return changed ? latch() : List.of();
  }

  private void goBackTo(long step) {
    if (step < looks.step) {
      detectors.forEach(watched -> watched.goBackTo(step));
      alarms.values().removeIf(alarm -> alarm.reading().step() >= step);
    }
  }

  private void tell(Clock clock, int epoch, Function<OnsetDetector, @Nullable Reading> ask) {
    for (Watched watched : detectors) {
      watched.take(ask.apply(watched.detector), epoch, clock.step, clock.spacing);
    }
  }

  private List<OnsetAlarm> latch() {
    List<OnsetAlarm> fresh = new ArrayList<>();
    for (OnsetChannel channel : OnsetChannel.values()) {
      if (!alarms.containsKey(channel)) {
        ChannelSnapshot now = judge(channel);
        if (now.alarm() != null) {
          alarms.put(channel, now.alarm());
          fresh.add(now.alarm());
        }
      }
    }
    return fresh;
  }

  private ChannelSnapshot judge(OnsetChannel channel) {
    OnsetAlarm alarm = alarms.get(channel);
    return alarm == null
        ? channels.judge(channel, alarms.containsKey(OnsetChannel.ONSET))
        : Channels.raised(alarm);
  }

  OnsetSnapshot snapshot() {
    List<ChannelSnapshot> states = new ArrayList<>();
    for (OnsetChannel channel : OnsetChannel.values()) {
      states.add(judge(channel));
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
    for (Clock clock : List.of(looks, evaluations, searches)) {
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
    for (Clock clock : List.of(looks, evaluations, searches)) {
      clock.restore(in);
    }
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
