package io.engram.events;

/**
 * The last event of an incarnation that ended by itself.
 *
 * @param outcome how it ended
 * @param detail one line for a person: what stopped or failed it; empty when there is nothing to
 *     say
 */
public record RunFinished(Outcome outcome, String detail) implements TrainingEvent {
  /** How a run ended. */
  public enum Outcome {
    /** All planned epochs are done. */
    COMPLETED,
    /** Stopped on request; can be resumed. */
    STOPPED,
    /** Ended by an error. */
    FAILED
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onRunFinished(envelope, this);
  }
}
