package io.engram.collector.onset;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.events.RunStarted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * All detectors of a run, and its channels. Not thread-safe: it belongs to the context that owns
 * the run's aggregate.
 *
 * <p>A channel that was raised stays raised, until the run goes back to a step before the alarm:
 * then what raised it was undone, and it can be raised again. A new run of the same id begins anew.
 */
public final class Onset {
  private static final int VERSION = 2;

  private final RunStarted.Onset settings;
  private Decisions decisions;
  private long incarnation = -1;

  /** Begins with a run of which no look was taken yet. */
  public Onset(RunStarted.Onset settings) {
    this.settings = settings;
    decisions = new Decisions(settings);
  }

  /**
   * Reads what {@link #save} wrote, its settings included.
   *
   * @throws IOException if it was written in another format, or is damaged
   */
  public static Onset restore(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "onset state has version %d, but this collector reads version %d"
              .formatted(version, VERSION));
    }
    try {
      Onset onset = new Onset(new RunStarted.Onset(in.readDouble(), in.readDouble()));
      onset.incarnation = in.readLong();
      onset.decisions.restore(in);
      return onset;
    } catch (IllegalArgumentException e) {
      throw new IOException("onset state holds an impossible value: " + e.getMessage(), e);
    }
  }

  /** Writes the whole state; {@link #restore} continues from it as if nothing had happened. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeDouble(settings.falseAlarm());
    out.writeDouble(settings.noiseRate());
    out.writeLong(incarnation);
    decisions.save(out);
  }

  /** What it was told. */
  public RunStarted.Onset settings() {
    return settings;
  }

  /**
   * Takes what is new in the aggregate. To be called after each event that was applied to it: looks
   * that were completed between two calls are lost but for the last. Cost: O(1) where nothing is
   * new, else one sort of each role's confidence; nothing is put into words.
   *
   * @return the channels that were raised just now, seldom any
   */
  public List<OnsetAlarm> update(RunAggregate run) {
    return update(run, OnsetListener.NONE);
  }

  /**
   * As {@link #update(RunAggregate)}.
   *
   * @param listener hears what the detectors say of it
   */
  public List<OnsetAlarm> update(RunAggregate run, OnsetListener listener) {
    if (run.firstIncarnation() != incarnation) {
      incarnation = run.firstIncarnation();
      decisions = new Decisions(settings);
    }
    return decisions.update(run, listener);
  }

  /** What is decided so far. Cost: proportional to the detectors. */
  public OnsetSnapshot snapshot() {
    return decisions.snapshot();
  }
}
