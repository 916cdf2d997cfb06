package io.engram.events;

/**
 * Counts of one forward pass in evaluation mode (dropout and noise layers off) over a split. A
 * split whose labels were changed has one evaluation per label group; they add up to the split.
 *
 * @param split what was evaluated
 * @param labels which of its examples
 * @param examples their number, ≥ 0
 * @param correct how many were predicted as the label that the split holds against them, 0 to
 *     {@code examples}
 * @param lossSum sum over the examples of the cross-entropy against that label, in nats, without
 *     any regularization term; of canaries and ghosts minus the sum of the logarithms of the
 *     label's probability (as in {@link PredictionsMonitored}), which for a softmax is the same;
 *     NaN or infinite where the network has diverged
 */
public record Evaluation(
    Split split, LabelGroup labels, long examples, long correct, double lossSum) {
  /**
   * @throws IllegalArgumentException if the counts do not satisfy 0 ≤ correct ≤ examples
   */
  public Evaluation {
    if (correct < 0 || correct > examples) {
      throw new IllegalArgumentException(
          "evaluation of %s: correct %d is not between 0 and examples %d"
              .formatted(split.label(), correct, examples));
    }
  }
}
