package io.engram.trainer.experiment.onset;

import io.engram.events.EventEnvelope;
import io.engram.events.ProbeFailed;
import io.engram.events.RunId;
import io.engram.events.TrainingEvent;
import io.engram.trainer.experiment.grid.KeptEvents;
import io.engram.trainer.training.EventSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps the events of a run, without those measurements that no detector needs. */
final class SeriesRecorder implements EventSink {
  private final RunId run;
  private final List<EventEnvelope> events = new ArrayList<>();

  SeriesRecorder(RunId run) {
    this.run = run;
  }

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    if (event instanceof ProbeFailed failed) {
      throw new IllegalStateException("step %d: %s".formatted(step, failed.problem()));
    }
    TrainingEvent kept = KeptEvents.forDetectors(event);
    if (kept != null) {
      events.add(new EventEnvelope(run, 1, events.size(), epoch, step, 0, kept));
    }
  }

  List<EventEnvelope> events() {
    return List.copyOf(events);
  }
}
