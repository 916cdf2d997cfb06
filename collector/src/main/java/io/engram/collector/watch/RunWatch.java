package io.engram.collector.watch;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.onset.Onset;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.OnsetSnapshot;
import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.RunStarted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The detectors of one run, what came of their alarms, and their evidence over the steps. Not
 * thread-safe: it belongs to the context that owns the run's aggregate.
 */
public final class RunWatch {
  private static final int VERSION = 3;
  private static final int VERSION_WITHOUT_FLIP_RATE = 2;

  private final long firstIncarnation;
  private final Onset onset;
  private final EvidenceHistory history;
  private final Map<OnsetChannel, Long> alarms = new EnumMap<>(OnsetChannel.class);
  private final Map<OnsetChannel, AlarmAnswer> answers = new EnumMap<>(OnsetChannel.class);
  private double flipRateAtOnset = Double.NaN;

  RunWatch(RunAggregate run, RunStarted.Onset settings) {
    this(run.firstIncarnation(), new Onset(settings), new EvidenceHistory());
  }

  private RunWatch(long firstIncarnation, Onset onset, EvidenceHistory history) {
    this.firstIncarnation = firstIncarnation;
    this.onset = onset;
    this.history = history;
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if it was written in another format, or is damaged
   */
  public static RunWatch restore(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION && version != VERSION_WITHOUT_FLIP_RATE) {
      throw new IOException(
          "state of the detectors has version %d, but this collector reads version %d"
              .formatted(version, VERSION));
    }
    long incarnation = in.readLong();
    RunWatch watch = new RunWatch(incarnation, Onset.restore(in), EvidenceHistory.restore(in));
    try {
      for (int n = in.readInt(); n > 0; n--) {
        watch.alarms.put(OnsetChannel.valueOf(in.readUTF()), in.readLong());
      }
      for (int n = in.readInt(); n > 0; n--) {
        OnsetChannel channel = OnsetChannel.valueOf(in.readUTF());
        String problem = in.readUTF();
        watch.answers.put(
            channel,
            problem.isEmpty()
                ? AlarmAnswer.of(
                    new OnsetAnswered(OnsetAction.valueOf(in.readUTF()), in.readLong()))
                : AlarmAnswer.failed(problem));
      }
      if (version >= VERSION) {
        watch.flipRateAtOnset = in.readDouble();
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "state of the detectors holds an impossible value: " + e.getMessage(), e);
    }
    return watch;
  }

  /** Writes the whole state; {@link #restore} continues from it as if nothing had happened. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeLong(firstIncarnation);
    onset.save(out);
    history.save(out);
    out.writeInt(alarms.size());
    for (Map.Entry<OnsetChannel, Long> raised : alarms.entrySet()) {
      out.writeUTF(raised.getKey().name());
      out.writeLong(raised.getValue());
    }
    out.writeInt(answers.size());
    for (Map.Entry<OnsetChannel, AlarmAnswer> entry : answers.entrySet()) {
      out.writeUTF(entry.getKey().name());
      out.writeUTF(entry.getValue().problem());
      OnsetAnswered answered = entry.getValue().answered();
      if (answered != null) {
        out.writeUTF(answered.action().name());
        out.writeLong(answered.step());
      }
    }
    out.writeDouble(flipRateAtOnset);
  }

  /** Whether it watches this history of the run, and not one that was begun anew. */
  boolean isOf(RunAggregate run) {
    return run.firstIncarnation() == firstIncarnation;
  }

  RunStarted.Onset settings() {
    return onset.settings();
  }

  List<OnsetAlarm> update(RunAggregate run) {
    List<OnsetAlarm> fresh = onset.update(run, history);
    for (OnsetAlarm alarm : fresh) {
      alarms.merge(alarm.channel(), 1L, Long::sum);
      answers.remove(alarm.channel());
      if (alarm.channel() == OnsetChannel.ONSET) {
        flipRateAtOnset = onset.snapshot().flipRate();
      }
    }
    return fresh;
  }

  /** Notes what came of telling the run of an alarm. */
  public void answered(OnsetChannel channel, AlarmAnswer answer) {
    answers.put(channel, answer);
  }

  /** The evidence over the steps, for each detector that ever had any. */
  public List<EvidenceSeries> evidence() {
    return history.series();
  }

  /** What is decided so far. Cost: proportional to the detectors. */
  public WatchSnapshot snapshot() {
    OnsetSnapshot decided = onset.snapshot();
    Map<OnsetChannel, AlarmAnswer> current = new EnumMap<>(OnsetChannel.class);
    answers.forEach(
        (channel, answer) -> {
          if (decided.channel(channel).alarm() != null) {
            current.put(channel, answer);
          }
        });
    boolean raised = decided.channel(OnsetChannel.ONSET).alarm() != null;
    return new WatchSnapshot(decided, alarms, current, raised ? flipRateAtOnset : Double.NaN);
  }
}
