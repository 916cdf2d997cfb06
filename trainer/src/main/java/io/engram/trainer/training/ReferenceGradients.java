package io.engram.trainer.training;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.Networks;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * DeepLearning4J's own forward and backward pass in training mode, watched. Serves every network
 * and backend.
 */
final class ReferenceGradients implements Gradients {
  private final MultiLayerNetwork network;
  private final int classes;
  private final Taps taps;
  private final InputArrays inputs;
  private final InputArrays labels;

  ReferenceGradients(
      MultiLayerNetwork network, TrainedLayers layers, ImageShape shape, int classes) {
    this.network = network;
    this.classes = classes;
    inputs = new InputArrays(n -> Networks.inputShape(network, shape, n));
    labels = new InputArrays(n -> new long[] {n, classes});
    taps = Taps.on(network, layers);
    keepPreActivations(network);
  }

  /**
   * Lets the backward pass take the pre-activations of the forward pass where oneDNN convolves,
   * instead of convolving again. The other convolutions would keep their unfolded images instead.
   */
  private static void keepPreActivations(MultiLayerNetwork network) {
    boolean helped =
        Arrays.stream(network.getLayers())
            .filter(ConvolutionLayer.class::isInstance)
            .allMatch(layer -> layer.getHelper() != null);
    if (helped) {
      network.getLayerWiseConfigurations().setCacheMode(CacheMode.DEVICE);
      network.setCacheMode(CacheMode.DEVICE);
    }
  }

  @Override
  public void compute(Batch batch, Meter meter) {
    int examples = batch.size();
    float[] oneHot = new float[examples * classes];
    for (int i = 0; i < examples; i++) {
      oneHot[i * classes + batch.labels()[i]] = 1;
    }
    taps.show(meter.isOn() ? meter : null);
    try {
      network.calculateGradients(
          inputs.fill(examples, batch.inputs()), labels.fill(examples, oneHot), null, null);
    } finally {
      taps.show(null);
      network.setInput(null);
      network.setLabels(null);
    }
  }

  @Override
  public void close() {
    inputs.close();
    labels.close();
  }
}
