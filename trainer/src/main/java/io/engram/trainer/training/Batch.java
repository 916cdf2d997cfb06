package io.engram.trainer.training;

/**
 * Examples of one step.
 *
 * @param inputs row by row, channel-major
 * @param labels the label that each is trained on
 */
record Batch(float[] inputs, int[] labels) {
  int size() {
    return labels.length;
  }
}
