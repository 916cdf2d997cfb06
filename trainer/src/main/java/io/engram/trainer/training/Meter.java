package io.engram.trainer.training;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes a step's arrays while they are alive and fills {@link ByProducts}. What is given lives in a
 * workspace and may change after the call.
 */
interface Meter extends AutoCloseable {
  /** Which norms of the flat arrays. */
  enum Norm {
    GRADIENT,
    UPDATE,
    PARAMETERS
  }

  /** Whether it measures at all. */
  default boolean isOn() {
    return true;
  }

  /** A dense layer in the backward pass: its input and its delta, a row an example. */
  void dense(int layer, INDArray input, INDArray delta);

  /** The logits, a row an example. */
  void logits(INDArray logits);

  /** The gradient of each example's loss by its own input, examples first. */
  void inputGradient(INDArray gradient);

  /** A flat array over all parameters. */
  void flat(Norm norm, INDArray flat);

  /**
   * The numbers of the step, read from where they are kept; a {@link HostMeter}'s are kept here,
   * and others may fill them too.
   */
  ByProducts byProducts();

  @Override
  void close();
}
