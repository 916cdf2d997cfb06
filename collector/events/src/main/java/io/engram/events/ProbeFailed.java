package io.engram.events;

/**
 * A probe that was due could not measure. Training goes on, and so does the probe's schedule.
 *
 * @param probe its name in the run file
 * @param problem one line: what was in the way, and what would be right
 */
public record ProbeFailed(String probe, String problem) implements TrainingEvent {
  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onProbeFailed(envelope, this);
  }
}
