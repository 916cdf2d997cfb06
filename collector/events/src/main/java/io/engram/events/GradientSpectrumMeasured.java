package io.engram.events;

/**
 * Eigenvalues of the centred covariance of per-example gradients of the last layer's weights, (p -
 * y) ⊗ h, on a fixed sample of training examples in evaluation mode. They are those of the Gram
 * matrix of the centred gradients divided by the number of examples.
 *
 * @param examples size of the sample
 * @param eigenvalues descending, at least 0 up to rounding, as many as there are examples or fewer
 */
public record GradientSpectrumMeasured(int examples, double[] eigenvalues)
    implements TrainingEvent {
  /**
   * @throws IllegalArgumentException if there are more eigenvalues than examples
   */
  public GradientSpectrumMeasured {
    if (eigenvalues.length > examples) {
      throw new IllegalArgumentException(
          "GradientSpectrumMeasured has %d eigenvalues of %d examples"
              .formatted(eigenvalues.length, examples));
    }
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onGradientSpectrumMeasured(envelope, this);
  }
}
