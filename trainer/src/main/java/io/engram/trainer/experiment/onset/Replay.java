package io.engram.trainer.experiment.onset;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.onset.ChannelSnapshot;
import io.engram.collector.onset.DetectorSnapshot;
import io.engram.collector.onset.Onset;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.OnsetChannel;
import io.engram.collector.onset.OnsetLevel;
import io.engram.collector.onset.OnsetSettings;
import io.engram.collector.onset.OnsetSnapshot;
import io.engram.events.EventEnvelope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the detectors over the events of a run, as the collector does while it trains. */
final class Replay {
  private final Map<OnsetChannel, Long> alarms = new LinkedHashMap<>();
  private final Map<String, Trace> detectors = new LinkedHashMap<>();
  private final Map<OnsetChannel, Boolean> able = new LinkedHashMap<>();
  private long looks;

  private Replay() {}

  /**
   * What each channel and each detector raised.
   *
   * @param events without what detectors must not see
   */
  static List<Raised> of(List<EventEnvelope> events, OnsetSettings settings) {
    Replay replay = new Replay();
    Runs runs = new Runs(InstantSource.fixed(Instant.EPOCH));
    Onset onset = new Onset(settings);
    for (EventEnvelope envelope : events) {
      runs.apply(envelope);
      RunAggregate run = runs.find(envelope.run());
      if (run != null) {
        replay.update(onset, run);
      }
    }
    return replay.raised();
  }

  private void update(Onset onset, RunAggregate run) {
    for (OnsetAlarm alarm : onset.update(run)) {
      alarms.putIfAbsent(alarm.channel(), alarm.reading().step());
    }
    OnsetSnapshot snapshot = onset.snapshot();
    if (snapshot.looks() != looks) {
      looks = snapshot.looks();
      for (ChannelSnapshot channel : snapshot.channels()) {
        able.merge(channel.channel(), channel.level() != OnsetLevel.UNKNOWN, (a, b) -> a || b);
      }
    }
    for (DetectorSnapshot detector : snapshot.detectors()) {
      detectors.computeIfAbsent(detector.name(), name -> new Trace()).take(detector);
    }
  }

  private List<Raised> raised() {
    List<Raised> all = new ArrayList<>();
    for (OnsetChannel channel : OnsetChannel.values()) {
      all.add(
          new Raised(
              Raised.nameOf(channel),
              channel,
              alarms.getOrDefault(channel, -1L),
              able.getOrDefault(channel, false),
              new long[0],
              new double[0]));
    }
    detectors.forEach((name, trace) -> all.add(trace.raised(name)));
    return all;
  }

  /** The readings of a detector. */
  private static final class Trace {
    private final List<Long> steps = new ArrayList<>();
    private final List<Double> margins = new ArrayList<>();
    private OnsetChannel channel = OnsetChannel.WARN;
    private long raised = -1;
    private long latest = -1;

    void take(DetectorSnapshot detector) {
      channel = detector.channel();
      if (detector.raised() != null && raised < 0) {
        raised = detector.raised().step();
      }
      double margin = detector.now().evidence() - detector.now().threshold();
      if (detector.now().step() > latest && !Double.isNaN(margin)) {
        latest = detector.now().step();
        steps.add(latest);
        margins.add(margin);
      }
    }

    Raised raised(String name) {
      return new Raised(
          name,
          channel,
          raised,
          !steps.isEmpty() || raised >= 0,
          steps.stream().mapToLong(Long::longValue).toArray(),
          margins.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
