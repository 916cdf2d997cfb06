package io.engram.trainer.model;

/** One stage of an {@link Architecture}, from input to output. */
sealed interface Block {
  /**
   * Convolution, stride 1, then ReLU (after batch normalization where there is one).
   *
   * @param padded keeps height and width
   */
  record Convolution(int filters, int kernel, boolean padded, boolean normalized)
      implements Block {}

  /**
   * Max pooling.
   *
   * @param padded rounds the extent up instead of down
   * @param dropout probability of dropping one of its outputs
   */
  record MaxPool(int kernel, int stride, boolean padded, double dropout) implements Block {}

  /**
   * Fully connected hidden layer, then ReLU (after batch normalization where there is one).
   *
   * @param dropout probability of dropping one of its outputs, where the run asks for no other
   */
  record Dense(int units, boolean normalized, double dropout) implements Block {}
}
