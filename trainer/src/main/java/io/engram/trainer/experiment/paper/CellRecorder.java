package io.engram.trainer.experiment.paper;

import io.engram.events.CheckpointSaved;
import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesDescribed;
import io.engram.events.ProbeFailed;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEvent;
import io.engram.trainer.experiment.grid.KeptEvents;
import io.engram.trainer.training.EventSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of a run. They are written with every checkpoint, so that a run that goes on
 * from one has the same series in the end as one that was never interrupted.
 */
final class CellRecorder implements EventSink {
  private final Cell cell;
  private final CellStore store;
  private final boolean detectors;
  private final List<EventEnvelope> events = new ArrayList<>();
  private boolean resumed;
  private @Nullable RunFinished end;

  /**
   * @param detectors whether what detectors see is kept too
   */
  CellRecorder(Cell cell, CellStore store, boolean detectors) {
    this.cell = cell;
    this.store = store;
    this.detectors = detectors;
  }

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    if (event instanceof ProbeFailed failed) {
      throw new IllegalStateException("step %d: %s".formatted(step, failed.problem()));
    }
    if (event instanceof RunStarted started && started.resumedFromStep() >= 0) {
      restore(started.resumedFromStep());
      return;
    }
    if (resumed && event instanceof ExamplesDescribed) {
      return;
    }
    if (event instanceof RunFinished finished) {
      end = finished;
    }
    TrainingEvent kept = kept(event);
    if (kept != null) {
      events.add(new EventEnvelope(cell.spec().run(), 1, events.size(), epoch, step, 0, kept));
    }
    if (event instanceof CheckpointSaved) {
      store.keepSoFar(cell, events);
    }
  }

  private @Nullable TrainingEvent kept(TrainingEvent event) {
    if (event instanceof CheckpointSaved) {
      return new CheckpointSaved("");
    }
    if (detectors) {
      return KeptEvents.forDetectors(event);
    }
    boolean needed =
        event instanceof RunStarted
            || event instanceof EpochCompleted
            || event instanceof CriticalSamplesSearched
            || event instanceof RunFinished;
    return needed ? event : null;
  }

  private void restore(long step) {
    List<EventEnvelope> before = store.soFar(cell).orElse(List.of());
    int last = -1;
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).event() instanceof CheckpointSaved && before.get(i).step() == step) {
        last = i;
      }
    }
    if (last < 0) {
      throw new IllegalStateException(
          "the run goes on from step %d, and what it showed before is not there".formatted(step));
    }
    events.clear();
    events.addAll(before.subList(0, last + 1));
    resumed = true;
  }

  /** The series without a trace of where it was interrupted. */
  List<EventEnvelope> events() {
    List<EventEnvelope> series = new ArrayList<>();
    for (EventEnvelope each : events) {
      if (!(each.event() instanceof CheckpointSaved)) {
        series.add(
            new EventEnvelope(
                each.run(), 1, series.size(), each.epoch(), each.step(), 0, each.event()));
      }
    }
    return series;
  }

  /** How the run ended; null while it has not. */
  @Nullable RunFinished end() {
    return end;
  }
}
