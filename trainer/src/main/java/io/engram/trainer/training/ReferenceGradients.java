package io.engram.trainer.training;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.Networks;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DeepLearning4J's own forward and backward pass in training mode, watched. Serves every network
 * and backend.
 */
final class ReferenceGradients implements Gradients {
  private final MultiLayerNetwork network;
  private final ImageShape shape;
  private final int classes;
  private final Taps taps;

  ReferenceGradients(
      MultiLayerNetwork network, TrainedLayers layers, ImageShape shape, int classes) {
    this.network = network;
    this.shape = shape;
    this.classes = classes;
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
    try (INDArray inputs =
            Nd4j.create(batch.inputs(), Networks.inputShape(network, shape, examples), 'c');
        INDArray labels = Nd4j.create(oneHot, new long[] {examples, classes}, 'c')) {
      Pair<Gradient, INDArray> pair = network.calculateGradients(inputs, labels, null, null);
      try (INDArray byInput = pair.getSecond()) {
        meter.inputGradient(byInput);
      }
    } finally {
      taps.show(null);
      network.setInput(null);
      network.setLabels(null);
    }
  }

  @Override
  public void close() {
    taps.show(null);
  }
}
