package io.engram.events;

/**
 * Labels of examples, said once at the start of an incarnation, in chunks.
 *
 * @param role what all examples of this chunk are for
 * @param ids their ids, ascending within a chunk and over the chunks of a role, unique in the run
 *     over all roles, the same in every run on the same data
 * @param givenLabels the labels that the run trains on or evaluates against, 0 to classes - 1
 * @param trueLabels the labels before noise, or -1 where they are not known; of canaries and ghosts
 *     the labels that the data gave, noise included, over which the wrong ones were drawn
 */
public record ExamplesDescribed(ExampleRole role, int[] ids, int[] givenLabels, int[] trueLabels)
    implements TrainingEvent {
  /**
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public ExamplesDescribed {
    Lengths.requireSame("ExamplesDescribed.givenLabels", givenLabels.length, ids.length);
    Lengths.requireSame("ExamplesDescribed.trueLabels", trueLabels.length, ids.length);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onExamplesDescribed(envelope, this);
  }
}
