package io.engram.events;

import java.util.Map;

/**
 * A trainer's own figures, emitted about once a second and after every change of state.
 *
 * @param state what the run is doing
 * @param emitted events emitted by this incarnation up to and including this one
 * @param dropped events dropped by this incarnation before the bus, by reason; each leaves a gap in
 *     the sequence
 */
public record TrainerReported(State state, long emitted, Map<String, Long> dropped)
    implements TrainingEvent {
  /** What a run is doing. */
  public enum State {
    RUNNING,
    PAUSED
  }

  public TrainerReported {
    dropped = Map.copyOf(dropped);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onTrainerReported(envelope, this);
  }
}
