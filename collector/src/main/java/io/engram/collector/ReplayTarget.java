package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.store.CheckpointStates;
import io.engram.collector.store.Replay;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import io.engram.events.delivery.Inbox;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs that a journal is read back into.
 *
 * @param saved index of the journal before which everything of a run is in it
 * @param keepRetired whether runs that were filed away stay
 */
record ReplayTarget(
    Runs runs,
    Watches watches,
    CheckpointStates states,
    EventApplier applier,
    ToLongFunction<RunId> saved,
    boolean keepRetired)
    implements Replay.Target {
  @Override
  public @Nullable Inbox begin(RunId run) {
    RunAggregate known = runs.find(run);
    return known == null ? null : new Inbox(known.incarnation(), known.lastSequence());
  }

  @Override
  public long position(RunId run) {
    return saved.applyAsLong(run);
  }

  /** States of checkpoints are written at once: there may be many. */
  @Override
  public void apply(EventParcel parcel, long from) {
    applier.apply(parcel, from);
    if (states.isUnwritten()) {
      try {
        states.write();
      } catch (IOException e) {
        throw new UncheckedIOException("the state of a checkpoint cannot be written", e);
      }
    }
  }

  @Override
  public void retire(RunId run) {
    if (!keepRetired) {
      runs.remove(run);
      watches.remove(run);
    }
  }
}
