package io.engram.trainer.probe.sensitivity;

/**
 * Extent of a network of fully connected ReLU layers under a softmax with cross-entropy, or under
 * sigmoids with the binary cross-entropy averaged over the outputs.
 *
 * <p>Its parameters lie in one flat array: layer by layer the weights, [units][inputs], and behind
 * them the biases. That is the order of a DeepLearning4J network.
 */
public final class Perceptron {
  private final int[] sizes;
  private final boolean sigmoidOutputs;
  private final int[] offsets;

  /**
   * @param sigmoidOutputs otherwise a softmax
   * @param sizes inputs, units of each hidden layer, outputs
   */
  public Perceptron(boolean sigmoidOutputs, int... sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException("a network has at least inputs and outputs");
    }
    this.sizes = sizes.clone();
    this.sigmoidOutputs = sigmoidOutputs;
    offsets = new int[sizes.length];
    for (int l = 1; l < sizes.length; l++) {
      offsets[l] = Math.addExact(offsets[l - 1], Math.multiplyExact(sizes[l - 1] + 1, sizes[l]));
    }
  }

  boolean sigmoidOutputs() {
    return sigmoidOutputs;
  }

  /** Layers with parameters; they are numbered from 1. */
  int layers() {
    return sizes.length - 1;
  }

  /** Units of a layer; of layer 0, the inputs. */
  int units(int layer) {
    return sizes[layer];
  }

  /** Width of each input. */
  public int inputs() {
    return sizes[0];
  }

  /** One a class. */
  public int outputs() {
    return sizes[sizes.length - 1];
  }

  /** Where the weights of a layer begin. */
  int weights(int layer) {
    return offsets[layer - 1];
  }

  /** Where the biases of a layer begin: right behind its weights. */
  int biases(int layer) {
    return offsets[layer] - sizes[layer];
  }

  /** Number of all parameters. */
  public int parameters() {
    return offsets[offsets.length - 1];
  }
}
