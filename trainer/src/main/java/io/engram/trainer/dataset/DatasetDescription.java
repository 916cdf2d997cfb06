package io.engram.trainer.dataset;

/**
 * A data set as a listing shows it.
 *
 * @param name what a run file calls it
 * @param training examples to train on when it is complete
 * @param validation examples kept apart, and which they are
 * @param shape of its images
 * @param classes number of classes
 * @param where the folder it was found in, or how it would be had and how large it is
 */
public record DatasetDescription(
    String name, int training, String validation, ImageShape shape, int classes, String where) {
  /** Whether it can be read as it is, without a download. */
  public boolean here() {
    return where.equals("generated") || where.startsWith("found in ");
  }
}
