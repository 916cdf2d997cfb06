package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.store.CheckpointStates;
import io.engram.collector.store.SnapshotStore.RestoredRun;
import io.engram.collector.watch.Watches;
import io.engram.events.CheckpointSaved;
import io.engram.events.CheckpointsKept;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.EventParcel;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies events to the runs: live, from the bus, and again, from the journal. A checkpoint keeps a
 * copy of the run's state; a run that is resumed goes on from the copy of its checkpoint, if there
 * is one, and from where it is if there is none. Belongs to the context that owns the runs.
 */
final class EventApplier {
  private static final Logger LOG = LoggerFactory.getLogger(EventApplier.class);

  private final Runs runs;
  private final Watches watches;
  private final @Nullable CheckpointStates states;
  private final Consumer<RunAggregate> applied;

  /**
   * @param states null keeps no states
   * @param applied is told of the run after each event
   */
  EventApplier(
      Runs runs,
      Watches watches,
      @Nullable CheckpointStates states,
      Consumer<RunAggregate> applied) {
    this.runs = runs;
    this.watches = watches;
    this.states = states;
    this.applied = applied;
  }

  /** Applies a batch of events in their order. */
  void apply(EventBatch batch) {
    batch.envelopes().forEach(this::apply);
    runs.countUndecodable(batch);
  }

  /**
   * Applies the events of a parcel with a greater sequence than {@code from}. An event that cannot
   * be read, or applied, is left out and counted.
   *
   * @return how many were left out
   */
  int apply(EventParcel parcel, long from) {
    EventBatch batch = parcel.decode();
    int failed = 0;
    for (EventEnvelope envelope : batch.envelopes()) {
      if (envelope.sequence() > from && isOf(parcel, envelope)) {
        try {
          apply(envelope);
        } catch (RuntimeException e) {
          failed++;
          LOG.error(
              "Event {} of run {} could not be applied", envelope.sequence(), parcel.run(), e);
        }
      }
    }
    int left = failed + batch.undecodable();
    runs.endOfParcel(parcel.run(), parcel.incarnation(), parcel.last(), left);
    return left;
  }

  private static boolean isOf(EventParcel parcel, EventEnvelope envelope) {
    return envelope.run().equals(parcel.run())
        && envelope.incarnation() == parcel.incarnation()
        && envelope.sequence() <= parcel.last();
  }

  private void apply(EventEnvelope envelope) {
    if (envelope.event() instanceof RunStarted started) {
      begin(envelope, started);
    }
    runs.apply(envelope);
    RunAggregate run = Objects.requireNonNull(runs.find(envelope.run()));
    applied.accept(run);
    if (states != null) {
      keepState(states, run, envelope);
    }
  }

  private void keepState(CheckpointStates states, RunAggregate run, EventEnvelope envelope) {
    TrainingEvent event = envelope.event();
    if (event instanceof CheckpointSaved) {
      states.keep(run, watches.of(run), envelope.step());
    } else if (event instanceof CheckpointsKept kept) {
      if (kept.steps().contains(envelope.step())) {
        states.keepForAWhile(run, watches.of(run), envelope.step());
      }
      states.retain(run.run(), kept.steps(), kept.beforeOnset());
    } else if (event instanceof RunFinished finished
        && finished.outcome() == RunFinished.Outcome.COMPLETED) {
      states.retain(run.run(), List.of(), -1);
    }
  }

  private void begin(EventEnvelope envelope, RunStarted started) {
    RunAggregate known = runs.find(envelope.run());
    if (states == null || known == null || envelope.incarnation() <= known.incarnation()) {
      return;
    }
    if (started.resumedFromStep() < 0) {
      return;
    }
    RestoredRun restored = states.find(envelope.run(), started.resumedFromStep());
    if (restored != null && restored.run().firstIncarnation() == known.firstIncarnation()) {
      runs.resume(restored.run());
      watches.add(envelope.run(), restored.watch());
      LOG.info("Run {} goes on from step {}", envelope.run(), started.resumedFromStep());
    }
  }
}
