package io.engram.trainer.probe.critical;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One operation of a convolutional network on the CPU. Arrays hold so many examples, each without
 * gaps and channel-major; what a stage returns is its own and is used again at its next call for as
 * many examples.
 */
interface Stage extends AutoCloseable {
  /** Takes over the parameters that stand in the network now. */
  default void load() {}

  /** Keeps what {@link #backward} needs. */
  INDArray forward(INDArray input, int examples);

  /**
   * @param gradient by the outputs of the last forward pass; may be changed
   * @return the gradient by its inputs
   */
  INDArray backward(INDArray gradient, int examples);

  @Override
  void close();
}
