package io.engram.trainer.training;

import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Shows a {@link Meter} what DeepLearning4J's backward pass computes and throws away: inputs and
 * deltas of dense layers, the logits, and the gradient by the network's input. The activation and
 * loss functions and what comes before the first layer are wrapped in place; what they compute
 * stays the same, but the gradient by the input ends here instead of being copied for a caller.
 */
final class Taps {
  private @Nullable Meter meter;

  /** Wraps the functions of a network, for good. */
  static Taps on(MultiLayerNetwork network, TrainedLayers layers) {
    Taps taps = new Taps();
    for (int l = 0; l < layers.size(); l++) {
      TrainedLayer trained = layers.get(l);
      Layer layer = network.getLayer(trained.index());
      if (layer.conf().getLayer() instanceof BaseOutputLayer output) {
        output.setLossFn(taps.new TappedLoss(l, layer, output.getLossFn()));
      } else if (trained.perExample()
          && layer.conf().getLayer() instanceof org.deeplearning4j.nn.conf.layers.BaseLayer base) {
        base.setActivationFn(taps.new TappedActivation(l, layer, base.getActivationFn()));
      }
    }
    Map<Integer, InputPreProcessor> preProcessors =
        network.getLayerWiseConfigurations().getInputPreProcessors();
    preProcessors.put(0, taps.new TappedInput(preProcessors.get(0)));
    return taps;
  }

  /** Who is shown the passes that follow; null for nobody. */
  void show(@Nullable Meter meter) {
    this.meter = meter;
  }

  private void dense(int layer, Layer source, INDArray delta) {
    if (meter != null) {
      meter.dense(layer, ((AbstractLayer<?>) source).getInput(), delta);
    }
  }

  @SuppressWarnings("serial")
  private final class TappedActivation extends BaseActivationFunction {
    private final int layer;
    private final transient Layer source;
    private final IActivation function;

    TappedActivation(int layer, Layer source, IActivation function) {
      this.layer = layer;
      this.source = source;
      this.function = function;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return function.getActivation(in, training);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      Pair<INDArray, INDArray> delta = function.backprop(in, epsilon);
      dense(layer, source, delta.getFirst());
      return delta;
    }
  }

  @SuppressWarnings("serial")
  private final class TappedLoss implements ILossFunction {
    private final int layer;
    private final transient Layer source;
    private final ILossFunction function;

    TappedLoss(int layer, Layer source, ILossFunction function) {
      this.layer = layer;
      this.source = source;
      this.function = function;
    }

    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
      if (meter != null) {
        meter.logits(logits);
      }
      INDArray delta = function.computeGradient(labels, logits, activation, mask);
      dense(layer, source, delta);
      return delta;
    }

    @Override
    public double computeScore(
        INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
      return function.computeScore(labels, logits, activation, mask, average);
    }

    @Override
    public INDArray computeScoreArray(
        INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
      return function.computeScoreArray(labels, logits, activation, mask);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
        INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
      return new Pair<>(
          computeScore(labels, logits, activation, mask, average),
          computeGradient(labels, logits, activation, mask));
    }

    @Override
    public String name() {
      return function.name();
    }
  }

  @SuppressWarnings("serial")
  private final class TappedInput implements InputPreProcessor {
    private final @Nullable InputPreProcessor inner;

    TappedInput(@Nullable InputPreProcessor inner) {
      this.inner = inner;
    }

    @Override
    public INDArray preProcess(INDArray input, int examples, LayerWorkspaceMgr workspaces) {
      return inner == null
          ? workspaces.leverageTo(ArrayType.ACTIVATIONS, input)
          : inner.preProcess(input, examples, workspaces);
    }

    /** What the inner one cuts off has no gradient and adds nothing to a norm. */
    @Override
    @SuppressWarnings("NullAway") // null is how a network says that nobody asks for it
    public INDArray backprop(INDArray gradient, int examples, LayerWorkspaceMgr workspaces) {
      if (meter != null) {
        meter.inputGradient(gradient);
      }
      return null;
    }

    @Override
    public InputPreProcessor clone() {
      return this;
    }

    @Override
    public InputType getOutputType(InputType input) {
      return inner == null ? input : inner.getOutputType(input);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
        INDArray mask, MaskState state, int examples) {
      return new Pair<>(mask, state);
    }
  }
}
