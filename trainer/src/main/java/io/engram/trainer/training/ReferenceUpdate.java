package io.engram.trainer.training;

import io.engram.trainer.training.Meter.Norm;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DeepLearning4J's own update, measured: what {@code fit} does with a gradient. */
final class ReferenceUpdate {
  private final MultiLayerNetwork network;

  ReferenceUpdate(MultiLayerNetwork network) {
    this.network = network;
  }

  /** Applies the gradient of a batch's summed loss, which becomes the update in place. */
  void apply(Gradient gradient, int examples, Meter meter) {
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
