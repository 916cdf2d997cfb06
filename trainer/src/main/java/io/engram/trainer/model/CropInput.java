package io.engram.trainer.model;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Takes pixels off every side of the images that a network sees; the gradient there is 0.
 * DeepLearning4J's own {@code Cropping2D} fails in training with workspaces (1.0.0-M2.1).
 *
 * @param margin pixels off each side
 */
public record CropInput(@JsonProperty("margin") int margin) implements InputPreProcessor {
  private static final long serialVersionUID = 1;

  @Override
  public INDArray preProcess(INDArray input, int examples, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATIONS, inner(input), 'c');
  }

  @Override
  public INDArray backprop(INDArray gradient, int examples, LayerWorkspaceMgr workspaces) {
    INDArray whole =
        workspaces.create(
            ArrayType.ACTIVATION_GRAD,
            gradient.dataType(),
            new long[] {
              gradient.size(0),
              gradient.size(1),
              gradient.size(2) + 2L * margin,
              gradient.size(3) + 2L * margin
            },
            'c');
    inner(whole).assign(gradient);
    return whole;
  }

  private INDArray inner(INDArray images) {
    INDArrayIndex rows = NDArrayIndex.interval(margin, images.size(2) - margin);
    INDArrayIndex columns = NDArrayIndex.interval(margin, images.size(3) - margin);
    return images.get(NDArrayIndex.all(), NDArrayIndex.all(), rows, columns);
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    InputType.InputTypeConvolutional images = (InputType.InputTypeConvolutional) inputType;
    return InputType.convolutional(
        images.getHeight() - 2L * margin,
        images.getWidth() - 2L * margin,
        images.getChannels(),
        images.getFormat());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int examples) {
    return new Pair<>(mask, state);
  }

  @Override
  public InputPreProcessor clone() {
    return this;
  }
}
