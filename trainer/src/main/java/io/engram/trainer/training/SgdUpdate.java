package io.engram.trainer.training;

import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Stochastic gradient descent without regularization on the CPU: one pass over gradient and
 * parameters that updates and measures both, where DeepLearning4J takes three to update alone. Each
 * parameter becomes p - (g / examples) · rate with every operation rounded, as there.
 */
final class SgdUpdate implements Update {
  private static final int CHUNK = 4_096;

  private final MultiLayerNetwork network;
  private final TrainedLayers layers;
  private final Sgd sgd;
  private final FloatPointer parameters;
  private final FloatPointer gradients;
  private final float[] values = new float[CHUNK];
  private final float[] gradient = new float[CHUNK];

  /**
   * @param network for which {@link #supports} holds
   */
  SgdUpdate(MultiLayerNetwork network, TrainedLayers layers) {
    this.network = network;
    this.layers = layers;
    sgd = (Sgd) updater(network.getLayer(layers.get(0).index()));
    parameters = (FloatPointer) network.params().data().addressPointer();
    gradients = (FloatPointer) network.getGradientsViewArray().data().addressPointer();
  }

  /** Whether all layers are trained by plain SGD. */
  static boolean supports(MultiLayerNetwork network) {
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() > 0
          && (layer.conf().getLayer() instanceof BatchNormalization
              || !(updater(layer) instanceof Sgd)
              || !layer.conf().getLayer().getRegularizationByParam("W").isEmpty())) {
        return false;
      }
    }
    return true;
  }

  private static IUpdater updater(Layer layer) {
    return ((BaseLayer) layer.conf().getLayer()).getIUpdater();
  }

  @Override
  public void apply(int examples, Meter meter) {
    float rate = (float) sgd.getLearningRate(network.getIterationCount(), network.getEpochCount());
    ByProducts into = meter.isOn() ? meter.byProducts() : null;
    for (int l = 0; l < layers.size(); l++) {
      TrainedLayer layer = layers.get(l);
      double gradientSquares = 0;
      double parameterSquares = 0;
      for (long from = layer.offset(); from < layer.end(); from += CHUNK) {
        int length = (int) Math.min(CHUNK, layer.end() - from);
        gradients.position(from).get(gradient, 0, length);
        parameters.position(from).get(values, 0, length);
        if (into != null) {
          gradientSquares += HostSums.squares(gradients, 0, length);
          parameterSquares += HostSums.squares(parameters, 0, length);
        }
        step(length, examples, rate);
        parameters.put(values, 0, length);
      }
      if (into != null) {
        into.gradientNorms[l] = Math.sqrt(gradientSquares);
        into.updateNorms[l] = into.gradientNorms[l] / examples * rate;
        into.parameterNorms[l] = Math.sqrt(parameterSquares);
      }
    }
    network.setIterationCount(network.getIterationCount() + 1);
  }

  private void step(int length, float examples, float rate) {
    for (int i = 0; i < length; i++) {
      values[i] -= gradient[i] / examples * rate;
    }
  }
}
