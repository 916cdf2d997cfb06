package io.engram.events;

/**
 * How the loss at the event's step depends on inputs that earlier updates used (Arpit et al. 2017,
 * §3.2). The direct dependence of the loss on its own inputs is left out.
 *
 * @param kind {@link SensitivityKind#UNROLLED} or {@link SensitivityKind#TRUNCATED}
 * @param updates updates that were differentiated through, at least 1: the event's step where
 *     unrolled, K where truncated
 * @param ids training examples used in one of them, without duplicates
 * @param sensitivity row i speaks of {@code ids[i]}: L1 norm of the derivative of the mean training
 *     loss by the example's (standardized) input, at least 0
 * @param classes rows and columns of the class matrix, 0 where it was not computed
 * @param classMatrix row by row: element {@code i * classes + j} is the mean over the examples of
 *     given label j and over input dimensions of the absolute derivative of class i's term of the
 *     loss; NaN for a class without examples
 */
public record LossSensitivityMeasured(
    SensitivityKind kind,
    long updates,
    int[] ids,
    double[] sensitivity,
    int classes,
    double[] classMatrix)
    implements TrainingEvent {
  /**
   * @throws IllegalArgumentException if the kind is direct, there is no update, or the lengths do
   *     not fit together
   */
  public LossSensitivityMeasured {
    if (kind == SensitivityKind.DIRECT) {
      throw new IllegalArgumentException(
          "LossSensitivityMeasured.kind must be unrolled or truncated: direct sensitivity is in"
              + " ExamplesClassified");
    }
    if (updates < 1) {
      throw new IllegalArgumentException(
          "LossSensitivityMeasured.updates %d must be at least 1".formatted(updates));
    }
    Lengths.requireSame("LossSensitivityMeasured.sensitivity", sensitivity.length, ids.length);
    Lengths.requireGrid(
        "LossSensitivityMeasured.classMatrix", classMatrix.length, classes, classes);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onLossSensitivityMeasured(envelope, this);
  }
}
