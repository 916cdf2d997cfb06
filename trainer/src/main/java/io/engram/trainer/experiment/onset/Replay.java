package io.engram.trainer.experiment.onset;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.onset.ChannelSnapshot;
import io.engram.collector.onset.DetectorSnapshot;
import io.engram.collector.onset.Onset;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.OnsetLevel;
import io.engram.collector.onset.OnsetListener;
import io.engram.collector.onset.Reading;
import io.engram.events.EventEnvelope;
import io.engram.events.OnsetChannel;
import io.engram.events.RunStarted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the detectors over the events of a run, as the collector does while it trains. */
final class Replay implements OnsetListener {
  private final Map<OnsetChannel, Long> alarms = new EnumMap<>(OnsetChannel.class);
  private final Map<OnsetChannel, Boolean> able = new EnumMap<>(OnsetChannel.class);
  private final Map<String, Trace> traces = new HashMap<>();
  private final Onset onset;
  private long looks;

  private Replay(RunStarted.Onset settings) {
    onset = new Onset(settings);
  }

  /**
   * What each channel and each detector raised.
   *
   * @param events without what detectors must not see
   */
  static List<Raised> of(List<EventEnvelope> events, RunStarted.Onset settings) {
    Replay replay = new Replay(settings);
    Runs runs = new Runs(InstantSource.fixed(Instant.EPOCH));
    for (EventEnvelope envelope : events) {
      runs.apply(envelope);
      RunAggregate run = runs.find(envelope.run());
      if (run != null) {
        replay.update(run);
      }
    }
    return replay.raised();
  }

  private void update(RunAggregate run) {
    for (OnsetAlarm alarm : onset.update(run, this)) {
      alarms.putIfAbsent(alarm.channel(), alarm.reading().step());
    }
    if (run.looks() != looks) {
      looks = run.looks();
      for (ChannelSnapshot channel : onset.snapshot().channels()) {
        able.merge(channel.channel(), channel.level() != OnsetLevel.UNKNOWN, (a, b) -> a || b);
      }
    }
  }

  @Override
  public void said(String detector, Reading reading) {
    traces.computeIfAbsent(detector, name -> new Trace()).take(reading);
  }

  /** Series are of runs that were not interrupted. */
  @Override
  public void wentBack(long step) {}

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
    for (DetectorSnapshot detector : onset.snapshot().detectors()) {
      Trace trace = traces.getOrDefault(detector.name(), new Trace());
      all.add(trace.raised(detector.name(), detector.channel()));
    }
    return all;
  }

  /** The readings of a detector. */
  private static final class Trace {
    private final List<Long> steps = new ArrayList<>();
    private final List<Double> margins = new ArrayList<>();
    private long raised = -1;

    void take(Reading reading) {
      if (raised < 0 && reading.level() == OnsetLevel.RAISED) {
        raised = reading.step();
      }
      double margin = reading.evidence() - reading.threshold();
      if (!Double.isNaN(margin)) {
        steps.add(reading.step());
        margins.add(margin);
      }
    }

    Raised raised(String name, @Nullable OnsetChannel channel) {
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
