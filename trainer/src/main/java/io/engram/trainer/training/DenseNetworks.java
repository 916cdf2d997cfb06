package io.engram.trainer.training;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** Which networks {@link DenseGradients} can train. */
final class DenseNetworks {
  private DenseNetworks() {}

  /** Plain ReLU layers under a softmax or sigmoids, with nothing done to their inputs. */
  static boolean supports(MultiLayerNetwork network) {
    if (!network.getLayerWiseConfigurations().getInputPreProcessors().isEmpty()) {
      return false;
    }
    for (Layer layer : network.getLayers()) {
      if (!supports(layer, layer.getIndex() == network.getnLayers() - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean supports(Layer layer, boolean output) {
    if (!(layer.conf().getLayer() instanceof BaseLayer described)
        || described.getIDropout() != null
        || described.getWeightNoise() != null
        || layer.getParam("W").ordering() != 'f') {
      return false;
    }
    IActivation activation = described.getActivationFn();
    if (output) {
      return described instanceof OutputLayer dense
          && dense.hasBias()
          && (activation instanceof ActivationSoftmax || activation instanceof ActivationSigmoid);
    }
    return described instanceof DenseLayer dense
        && dense.hasBias()
        && !dense.hasLayerNorm()
        && activation instanceof ActivationReLU relu
        && relu.equals(new ActivationReLU());
  }
}
