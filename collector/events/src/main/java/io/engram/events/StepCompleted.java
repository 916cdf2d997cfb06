package io.engram.events;

/**
 * One training step: forward pass in training mode, backward pass, update.
 *
 * @param examples examples of the mini-batch, canaries left out here and below
 * @param correct how many of them the forward pass, before the update, predicted as given
 * @param lossSum sum of their cross-entropy against the given label in that pass, in nats, without
 *     regularization; NaN or infinite where the network has diverged
 * @param learningRate the rate the update used
 * @param durationSeconds wall time of the step, measurements included
 */
public record StepCompleted(
    int examples, int correct, double lossSum, double learningRate, double durationSeconds)
    implements TrainingEvent {
  /**
   * @throws IllegalArgumentException if the counts do not satisfy 0 ≤ correct ≤ examples
   */
  public StepCompleted {
    if (correct < 0 || correct > examples) {
      throw new IllegalArgumentException(
          "StepCompleted.correct %d is not between 0 and examples %d".formatted(correct, examples));
    }
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onStepCompleted(envelope, this);
  }
}
