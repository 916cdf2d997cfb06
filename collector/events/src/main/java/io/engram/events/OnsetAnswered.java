package io.engram.events;

/**
 * A run's acknowledgement of {@link OnsetDetected}. A second one for the same alarm says the same.
 *
 * @param action what the run did; {@link OnsetAction#NONE} also where it does not act on the
 *     channel
 * @param step updates completed when it did so, the first step boundary after the alarm arrived
 */
public record OnsetAnswered(OnsetAction action, long step) {
  /**
   * @throws IllegalArgumentException if the step is negative
   */
  public OnsetAnswered {
    if (step < 0) {
      throw new IllegalArgumentException("step is %d, must be at least 0".formatted(step));
    }
  }
}
