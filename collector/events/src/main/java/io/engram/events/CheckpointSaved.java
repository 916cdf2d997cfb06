package io.engram.events;

/**
 * A checkpoint from which the run can be resumed at the envelope's step.
 *
 * @param location where it was written, as the trainer names it
 */
public record CheckpointSaved(String location) implements TrainingEvent {
  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onCheckpointSaved(envelope, this);
  }
}
