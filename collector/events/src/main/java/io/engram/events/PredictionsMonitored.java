package io.engram.events;

/**
 * What the network, in evaluation mode, says of a fixed set of examples at the event's step. The
 * roles that a run monitors make up a look together; they have the same step.
 *
 * @param role what the examples are for
 * @param completesLook whether this is the last event of its look
 * @param classes number of classes
 * @param ids the examples, in the same order in every look of a run
 * @param top empty where there are at most {@link #ALL_CLASSES} classes; otherwise the {@link #TOP}
 *     most probable classes of each example, most probable first: element {@code i * TOP + k}
 * @param probabilities softmax (or sigmoids divided by their sum): of all classes, element {@code i
 *     * classes + k}, or where {@code top} is not empty of those classes, in its order
 * @param givenProbability empty where {@code probabilities} has all classes; otherwise that of the
 *     given label
 * @param givenRank empty where {@code probabilities} has all classes; otherwise how many classes
 *     are at least as probable as the given label, itself included: 1 = most probable
 */
public record PredictionsMonitored(
    ExampleRole role,
    boolean completesLook,
    int classes,
    int[] ids,
    int[] top,
    float[] probabilities,
    float[] givenProbability,
    int[] givenRank)
    implements TrainingEvent {
  /** Up to this many classes all probabilities travel. */
  public static final int ALL_CLASSES = 32;

  /** Beyond, this many of the most probable ones. */
  public static final int TOP = 5;

  /**
   * @throws IllegalArgumentException if the lengths do not fit together
   */
  public PredictionsMonitored {
    int n = ids.length;
    boolean all = classes <= ALL_CLASSES;
    Lengths.requireGrid("PredictionsMonitored.top", top.length, n, all ? 0 : TOP);
    Lengths.requireGrid(
        "PredictionsMonitored.probabilities", probabilities.length, n, all ? classes : TOP);
    Lengths.requireGrid(
        "PredictionsMonitored.givenProbability", givenProbability.length, n, all ? 0 : 1);
    Lengths.requireGrid("PredictionsMonitored.givenRank", givenRank.length, n, all ? 0 : 1);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onPredictionsMonitored(envelope, this);
  }
}
