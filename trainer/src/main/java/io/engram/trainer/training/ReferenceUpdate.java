package io.engram.trainer.training;

import io.engram.trainer.training.Meter.Norm;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DeepLearning4J's own update, measured: what {@code fit} does with the gradient, which becomes the
 * update in place.
 */
final class ReferenceUpdate implements Update {
  private final MultiLayerNetwork network;
  private final Gradient gradient;

  ReferenceUpdate(MultiLayerNetwork network) {
    this.network = network;
    gradient = new DefaultGradient(network.getGradientsViewArray());
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() > 0) {
        layer
            .conf()
            .getLayer()
            .initializer()
            .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray())
            .forEach((name, view) -> gradient.setGradientFor(layer.getIndex() + "_" + name, view));
      }
    }
  }

  @Override
  public void apply(int examples, Meter meter) {
    INDArray parameters = network.params();
    INDArray flat = network.getGradientsViewArray();
    meter.flat(Norm.GRADIENT, flat);
    meter.flat(Norm.PARAMETERS, parameters);
    network
        .getUpdater()
        .update(
            network,
            gradient,
            network.getIterationCount(),
            network.getEpochCount(),
            examples,
            LayerWorkspaceMgr.noWorkspaces());
    meter.flat(Norm.UPDATE, flat);
    parameters.subi(flat.reshape(parameters.shape()));
    network.setIterationCount(network.getIterationCount() + 1);
  }
}
