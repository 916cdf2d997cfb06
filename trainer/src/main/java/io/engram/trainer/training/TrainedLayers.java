package io.engram.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The layers of a network that have parameters: where they lie in its flat arrays, and what can be
 * measured of single examples in them.
 *
 * @param layers from input to output
 * @param inputGradients whether the gradient of an example's loss by its own input exists
 * @param unavailable what cannot be measured, each with its reason
 */
record TrainedLayers(List<TrainedLayer> layers, boolean inputGradients, List<String> unavailable) {

  /**
   * @param index in the network
   * @param name for people and metrics
   * @param offset of its first trained parameter in the flat arrays
   * @param parameters number of trained parameters; running means and variances of batch
   *     normalization are not trained
   * @param perExample whether gradient norms of single examples have their closed form here
   */
  record TrainedLayer(int index, String name, long offset, long parameters, boolean perExample) {
    /** Offset after its last trained parameter. */
    long end() {
      return offset + parameters;
    }
  }

  static TrainedLayers of(MultiLayerNetwork network) {
    int lastNormalization = -1;
    for (Layer layer : network.getLayers()) {
      if (layer.conf().getLayer() instanceof BatchNormalization) {
        lastNormalization = layer.getIndex();
      }
    }
    List<TrainedLayer> layers = new ArrayList<>();
    List<String> unavailable = new ArrayList<>();
    if (lastNormalization >= 0) {
      unavailable.add(
          "input gradients of single examples: batch normalization mixes the examples of a batch");
    }
    long offset = 0;
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() == 0) {
        continue;
      }
      org.deeplearning4j.nn.conf.layers.Layer described = layer.conf().getLayer();
      String name = described.getLayerName();
      boolean dense = described instanceof DenseLayer || described instanceof BaseOutputLayer;
      boolean perExample = dense && layer.getIndex() > lastNormalization;
      if (!perExample) {
        unavailable.add(
            "gradient norms of single examples in %s: %s"
                .formatted(
                    name,
                    layer.getIndex() <= lastNormalization
                        ? "batch normalization mixes the examples of a batch"
                        : "convolutions have no closed form"));
      }
      layers.add(
          new TrainedLayer(
              layer.getIndex(), name, offset, trainedParameters(layer, described), perExample));
      offset += layer.numParams();
    }
    if (!layers.stream().allMatch(TrainedLayer::perExample)) {
      unavailable.add(
          "gradient norms of single examples over all layers: not known in every layer");
    }
    return new TrainedLayers(List.copyOf(layers), lastNormalization < 0, List.copyOf(unavailable));
  }

  /** Batch normalization keeps gamma and beta first, its running moments behind them. */
  private static long trainedParameters(
      Layer layer, org.deeplearning4j.nn.conf.layers.Layer described) {
    return described instanceof BatchNormalization ? layer.numParams() / 2 : layer.numParams();
  }

  int size() {
    return layers.size();
  }

  TrainedLayer get(int layer) {
    return layers.get(layer);
  }

  /** Whether every layer's norm is known, and with them the norm over all parameters. */
  boolean totals() {
    return layers.stream().allMatch(TrainedLayer::perExample);
  }

  /** Trained parameters of the network. */
  long parameters() {
    return layers.stream().mapToLong(TrainedLayer::parameters).sum();
  }

  List<String> names() {
    return layers.stream().map(TrainedLayer::name).toList();
  }
}
