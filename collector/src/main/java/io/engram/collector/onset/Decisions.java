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

/** Feeds the detectors of one run and latches its channels. */
final class Decisions {
  private final Signals signals = new Signals();
  private final List<Watched> detectors;
  private final Channels channels;
  private final Map<OnsetChannel, OnsetAlarm> alarms = new EnumMap<>(OnsetChannel.class);
  private long looks;
  private long step = -1;

  Decisions(OnsetSettings settings) {
    Watched canaries = new Watched(new CanaryRankTest(settings));
    Watched noise = new Watched(new LabelNoise());
    detectors = List.of(canaries, noise);
    channels = new Channels(canaries, noise);
  }

  List<OnsetAlarm> update(RunAggregate run) {
    if (run.looks() == looks) {
      return List.of();
    }
    LookView look = run.look();
    looks = look.look();
    return onLook(look);
  }

  private List<OnsetAlarm> onLook(LookView look) {
    long spacing = step < 0 ? 0 : Math.abs(look.step() - step);
    if (look.step() < step) {
      detectors.forEach(watched -> watched.goBackTo(look.step()));
      alarms.values().removeIf(alarm -> alarm.reading().step() >= look.step());
    }
    step = look.step();
    signals.onLook(look);
    for (Watched watched : detectors) {
      watched.take(watched.detector.onLook(look, signals), look.epoch(), look.step(), spacing);
    }
    return latch();
  }

  private List<OnsetAlarm> latch() {
    List<OnsetAlarm> fresh = new ArrayList<>();
    for (OnsetChannel channel : OnsetChannel.values()) {
      ChannelSnapshot now = channels.judge(channel);
      if (now.alarm() != null && alarms.putIfAbsent(channel, now.alarm()) == null) {
        fresh.add(now.alarm());
      }
    }
    return fresh;
  }

  OnsetSnapshot snapshot() {
    List<ChannelSnapshot> states = new ArrayList<>();
    for (OnsetChannel channel : OnsetChannel.values()) {
      OnsetAlarm alarm = alarms.get(channel);
      states.add(alarm == null ? channels.judge(channel) : Channels.raised(alarm));
    }
    double rate = signals.noHoldout().isEmpty() ? signals.holdoutHalf.mean() : signals.half.mean();
    return new OnsetSnapshot(
        looks,
        step,
        states,
        detectors.stream().map(Watched::snapshot).toList(),
        signals.notReady().isEmpty() ? rate : Double.NaN,
        channels.noiseSeen() ? signals.half.fall() / signals.half.maximum() : Double.NaN);
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
    out.writeLong(looks);
    out.writeLong(step);
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
    looks = in.readLong();
    step = in.readLong();
  }
}
