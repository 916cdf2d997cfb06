package io.engram.trainer.training;

/**
 * Examples of one step. The arrays are used, not copied.
 *
 * @param inputs row by row, channel-major
 * @param labels the label that each is trained on
 */
public record Batch(float[] inputs, int[] labels) {
  /** Number of examples. */
  public int size() {
    return labels.length;
  }
}
