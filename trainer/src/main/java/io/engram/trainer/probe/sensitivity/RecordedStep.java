package io.engram.trainer.probe.sensitivity;

import org.jspecify.annotations.Nullable;

/**
 * One update of a run.
 *
 * @param before parameters before it; null where they are in a file
 * @param position where in the file
 * @param rows its mini-batch
 * @param learningRate its rate
 */
record RecordedStep(float @Nullable [] before, long position, int[] rows, double learningRate) {
  long bytesInMemory() {
    return before == null ? 0 : (long) Float.BYTES * before.length;
  }
}
