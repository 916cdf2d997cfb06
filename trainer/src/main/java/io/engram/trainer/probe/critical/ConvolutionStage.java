package io.engram.trainer.probe.critical;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolution with stride 1. Its gradient by the input is a convolution too, by the kernels turned
 * round: the same fast operation, where ND4J's own backward pass computes the gradient by the
 * weights as well.
 */
final class ConvolutionStage implements Stage {
  private final Weights weights;
  private final int outputs;
  private final int inputs;
  private final int kernel;
  private final int padding;
  private final INDArray forwardWeights;
  private final INDArray biases;
  private final INDArray backwardWeights;
  private final Tiles results;
  private final Tiles gradients;

  /**
   * @param weights of shape outputs × inputs × kernel × kernel
   * @param height of the input
   * @param width of the input
   * @param padding zeros on each side of it
   */
  ConvolutionStage(
      Weights weights, int outputs, int inputs, int kernel, int height, int width, int padding) {
    this.weights = weights;
    this.outputs = outputs;
    this.inputs = inputs;
    this.kernel = kernel;
    this.padding = padding;
    forwardWeights = Nd4j.create(DataType.FLOAT, outputs, inputs, kernel, kernel);
    biases = Nd4j.create(DataType.FLOAT, outputs);
    backwardWeights = Nd4j.create(DataType.FLOAT, inputs, outputs, kernel, kernel);
    int lost = kernel - 1 - 2 * padding;
    results = new Tiles(n -> new long[] {n, outputs, height - lost, width - lost});
    gradients = new Tiles(n -> new long[] {n, inputs, height, width});
  }

  @Override
  public void load() {
    Weights.Folded folded = weights.folded();
    float[] turned = new float[folded.weights().length];
    int area = kernel * kernel;
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        for (int k = 0; k < area; k++) {
          turned[(i * outputs + o) * area + area - 1 - k] =
              folded.weights()[(o * inputs + i) * area + k];
        }
      }
    }
    Tiles.pointer(forwardWeights).put(folded.weights(), 0, turned.length);
    Tiles.pointer(backwardWeights).put(turned, 0, turned.length);
    Tiles.pointer(biases).put(folded.biases(), 0, outputs);
  }

  @Override
  public INDArray forward(INDArray input, int examples) {
    INDArray result = results.of(examples);
    convolve(padding, result, input, forwardWeights, biases);
    return result;
  }

  @Override
  public INDArray backward(INDArray gradient, int examples) {
    INDArray result = gradients.of(examples);
    convolve(kernel - 1 - padding, result, gradient, backwardWeights);
    return result;
  }

  /** Dilation 1, explicit padding, channels first, weights as outputs × inputs × kernel. */
  private void convolve(int pad, INDArray result, INDArray... from) {
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(from)
            .addOutputs(result)
            .addIntegerArguments(kernel, kernel, 1, 1, pad, pad, 1, 1, 0, 0, 1)
            .build());
  }

  @Override
  public void close() {
    forwardWeights.close();
    biases.close();
    backwardWeights.close();
    results.close();
    gradients.close();
  }
}
