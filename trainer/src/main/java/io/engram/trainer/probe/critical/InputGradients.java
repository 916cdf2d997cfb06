package io.engram.trainer.probe.critical;

/**
 * A network as a function of its inputs, dropout and noise off and batch normalization by its
 * running statistics: logits, and gradients by the inputs. No gradient by a parameter is computed.
 *
 * <p>Not safe for threads.
 */
interface InputGradients extends AutoCloseable {
  /** Examples that it takes at once with the least work for each. */
  int batch();

  /** Takes over all parameters of the network, in its order. */
  void load(float[] parameters);

  /**
   * One forward pass, and a backward pass for some of the examples.
   *
   * @param inputs row by row
   * @param examples 1 to {@link #batch()}
   * @param backward of how many examples, from the first, gradients are asked
   * @param deltas looks at the logits and says where the backward pass begins
   * @param gradients filled row by row for the first {@code backward} examples
   */
  void compute(float[] inputs, int examples, int backward, Deltas deltas, float[] gradients);

  /** Frees its memory. */
  @Override
  void close();

  /** The gradient of what is differentiated by the logits. */
  interface Deltas {
    /**
     * @param first the example of the first row
     * @param count rows
     * @param logits row by row
     * @param deltas to be filled, row by row
     */
    void fill(int first, int count, float[] logits, float[] deltas);
  }
}
