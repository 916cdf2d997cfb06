package io.engram.events;

/**
 * What one step's forward and backward pass showed of every example in its mini-batch: row i of
 * each array speaks of {@code ids[i]}. Values are those before the update, in training mode. An
 * array of length 0 means that the measurement is not available in this network (named in {@link
 * RunStarted.Network#unavailable()}).
 *
 * @param ids the examples
 * @param given their given labels
 * @param predicted the classes of highest probability, the lowest index among equals
 * @param loss cross-entropy against the given label, nats
 * @param margin logit of the given label minus the largest other logit (Pleiss et al. 2020); its
 *     sign tells whether the prediction was right
 * @param inputGradientL1 L1 norm of the gradient of the example's loss by its (standardized) input
 * @param inputGradientL2 L2 norm of the same
 * @param gradientNorm L2 norm of the gradient of the example's loss by all parameters, without
 *     regularization
 * @param layerGradientNorms the same for each layer of {@link RunStarted.Network#layers()}, layer
 *     by layer: element {@code l * ids.length + i} is layer l, example i; NaN where a layer does
 *     not allow it
 */
public record ExamplesClassified(
    int[] ids,
    int[] given,
    int[] predicted,
    float[] loss,
    float[] margin,
    float[] inputGradientL1,
    float[] inputGradientL2,
    float[] gradientNorm,
    float[] layerGradientNorms)
    implements TrainingEvent {
  /**
   * @throws IllegalArgumentException if the lengths do not fit together
   */
  public ExamplesClassified {
    int n = ids.length;
    Lengths.requireSame("ExamplesClassified.given", given.length, n);
    Lengths.requireSame("ExamplesClassified.predicted", predicted.length, n);
    Lengths.requireSame("ExamplesClassified.loss", loss.length, n);
    Lengths.requireSame("ExamplesClassified.margin", margin.length, n);
    Lengths.requireSameOrNone("ExamplesClassified.inputGradientL1", inputGradientL1.length, n);
    Lengths.requireSameOrNone("ExamplesClassified.inputGradientL2", inputGradientL2.length, n);
    Lengths.requireSameOrNone("ExamplesClassified.gradientNorm", gradientNorm.length, n);
    if (n == 0 ? layerGradientNorms.length != 0 : layerGradientNorms.length % n != 0) {
      throw new IllegalArgumentException(
          "ExamplesClassified.layerGradientNorms has %d elements, not a multiple of %d examples"
              .formatted(layerGradientNorms.length, n));
    }
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onExamplesClassified(envelope, this);
  }
}
