package io.engram.events;

/**
 * L2 norms of one step, element l for layer l of {@link RunStarted.Network#layers()}. Squares add
 * up: the norm over all layers is the root of the sum of squares.
 *
 * @param gradient of the gradient of the mean loss of the mini-batch, without regularization
 * @param update of the change that the update made to the layer's parameters
 * @param parameters of the layer's parameters before the update
 */
public record GradientNormsMeasured(double[] gradient, double[] update, double[] parameters)
    implements TrainingEvent {
  /**
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public GradientNormsMeasured {
    if (update.length != gradient.length || parameters.length != gradient.length) {
      throw new IllegalArgumentException(
          "GradientNormsMeasured: gradient, update and parameters have %d, %d and %d layers"
              .formatted(gradient.length, update.length, parameters.length));
    }
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onGradientNormsMeasured(envelope, this);
  }
}
