/**
 * Which device a process computes on, decided before ND4J starts: ND4J would choose a GPU that its
 * CUDA binary cannot run on, and fail at the first operation.
 */
@NullMarked
package io.engram.trainer.device;

import org.jspecify.annotations.NullMarked;
