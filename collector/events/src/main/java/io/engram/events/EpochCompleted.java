package io.engram.events;

import java.util.List;

/**
 * The end of an epoch, with its evaluations; also emitted once before training, as epoch 0.
 *
 * @param evaluations one for each split and label group that the run has
 * @param durationSeconds wall time of the epoch's steps, without the evaluations
 */
public record EpochCompleted(List<Evaluation> evaluations, double durationSeconds)
    implements TrainingEvent {
  public EpochCompleted {
    evaluations = List.copyOf(evaluations);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onEpochCompleted(envelope, this);
  }
}
