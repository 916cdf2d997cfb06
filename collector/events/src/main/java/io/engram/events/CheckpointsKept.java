package io.engram.events;

import java.util.List;

/**
 * Which checkpoints a run keeps for a while, in case it has to go back to before an onset. Where
 * the envelope's step is among them, this is the moment of that one.
 *
 * @param steps updates completed before each, ascending; those that are not named any more are gone
 * @param beforeOnset the one of them that is kept for good as the one from before the onset, in the
 *     place of another; -1 where that does not change
 */
public record CheckpointsKept(List<Long> steps, long beforeOnset) implements TrainingEvent {
  public CheckpointsKept {
    steps = List.copyOf(steps);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onCheckpointsKept(envelope, this);
  }
}
