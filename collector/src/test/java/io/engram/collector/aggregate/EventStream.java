package io.engram.collector.aggregate;

import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.List;

/** Puts events into envelopes as a trainer does: gap-free sequences, a second apart. */
public final class EventStream {
  private final RunId run;
  private final List<EventEnvelope> envelopes = new ArrayList<>();
  private long incarnation;
  private long sequence;

  public EventStream(String run, long incarnation) {
    this.run = new RunId(run);
    this.incarnation = incarnation;
  }

  public EventStream add(int epoch, long step, TrainingEvent event) {
    long time = incarnation + 1000 * sequence;
    envelopes.add(new EventEnvelope(run, incarnation, sequence++, epoch, step, time, event));
    return this;
  }

  public EventStream restart(long newIncarnation) {
    incarnation = newIncarnation;
    sequence = 0;
    return this;
  }

  public List<EventEnvelope> envelopes() {
    return envelopes;
  }

  /** A header in which only what the aggregators look at has a meaning. */
  public static RunStarted header(int trainingExamples, List<String> layers, long resumedFrom) {
    return new RunStarted(
        new RunStarted.Dataset(
            "glyphs", "00ff", trainingExamples, 100, 10, 28, 28, 1, 0.1307, 0.3081),
        new RunStarted.Noise("none", 0, 0, "uniform", 0.4, 24, 21),
        new RunStarted.Network("mlp:784-256-10", 203_530, layers, List.of()),
        new RunStarted.Training("sgd", 0.1, 4, 3, 10, 42),
        new RunStarted.Device("cpu", "a processor"),
        resumedFrom);
  }
}
