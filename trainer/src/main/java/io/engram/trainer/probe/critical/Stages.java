package io.engram.trainer.probe.critical;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.CropInput;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/** From the layers of a network to stages that compute the same in eval mode. */
final class Stages {
  private final MultiLayerNetwork network;
  private final List<Stage> stages = new ArrayList<>();
  private int channels;
  private int height;
  private int width;

  private Stages(MultiLayerNetwork network, ImageShape shape) {
    this.network = network;
    channels = shape.channels();
    height = shape.height();
    width = shape.width();
  }

  /**
   * @throws IllegalArgumentException if a layer is not known here
   */
  static List<Stage> of(MultiLayerNetwork network, ImageShape shape) {
    return new Stages(network, shape).build();
  }

  private List<Stage> build() {
    InputPreProcessor first = network.getLayerWiseConfigurations().getInputPreProcessors().get(0);
    if (first instanceof CropInput crop) {
      stages.add(new CropStage(channels, height, width, crop.margin()));
      height -= 2 * crop.margin();
      width -= 2 * crop.margin();
    }
    boolean rectified = false;
    for (Layer layer : network.getLayers()) {
      if (layer.conf().getLayer() instanceof SubsamplingLayer pool) {
        // The largest of rectified values is the rectified largest, of which there are fewer.
        add(pool);
      } else if (!(layer.conf().getLayer() instanceof BatchNormalization)) {
        if (rectified) {
          stages.add(new RectifierStage());
        }
        rectified = add(layer);
      }
    }
    return stages;
  }

  /** Returns whether a ReLU is to follow. */
  private boolean add(Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer described = layer.conf().getLayer();
    if (described instanceof ActivationLayer activation) {
      return activation.getActivationFn() instanceof ActivationReLU;
    }
    if (described instanceof ConvolutionLayer convolution) {
      add(layer, convolution);
    } else if (described instanceof FeedForwardLayer dense) {
      add(layer, dense);
    } else {
      throw new IllegalArgumentException(
          "cannot search around examples through a layer " + described.getClass().getSimpleName());
    }
    return ((BaseLayer) described).getActivationFn() instanceof ActivationReLU;
  }

  private void add(Layer layer, ConvolutionLayer convolution) {
    int kernel = convolution.getKernelSize()[0];
    int padding = convolution.getConvolutionMode() == ConvolutionMode.Same ? (kernel - 1) / 2 : 0;
    int filters = (int) convolution.getNOut();
    stages.add(
        new ConvolutionStage(
            new Weights(layer, normalization(layer), 'c'),
            filters,
            channels,
            kernel,
            height,
            width,
            padding));
    channels = filters;
    height += 2 * padding - kernel + 1;
    width += 2 * padding - kernel + 1;
  }

  private void add(Layer layer, FeedForwardLayer dense) {
    long inputChannels = channels;
    long inputHeight = height;
    long inputWidth = width;
    stages.add(
        new DenseStage(
            new Weights(layer, normalization(layer), 'f'),
            channels * height * width,
            (int) dense.getNOut(),
            n -> new long[] {n, inputChannels, inputHeight, inputWidth}));
    channels = (int) dense.getNOut();
    height = 1;
    width = 1;
  }

  private void add(SubsamplingLayer pool) {
    int kernel = pool.getKernelSize()[0];
    int stride = pool.getStride()[0];
    boolean same = pool.getConvolutionMode() == ConvolutionMode.Same;
    int pooledHeight = extent(height, kernel, stride, same);
    int pooledWidth = extent(width, kernel, stride, same);
    stages.add(
        new PoolStage(
            channels,
            height,
            width,
            kernel,
            stride,
            same ? before(height, pooledHeight, kernel, stride) : 0,
            same ? before(width, pooledWidth, kernel, stride) : 0,
            pooledHeight,
            pooledWidth));
    height = pooledHeight;
    width = pooledWidth;
  }

  private static int extent(int length, int kernel, int stride, boolean same) {
    return same ? (length + stride - 1) / stride : (length - kernel) / stride + 1;
  }

  private static int before(int length, int pooled, int kernel, int stride) {
    return Math.max(0, (pooled - 1) * stride + kernel - length) / 2;
  }

  private @Nullable Layer normalization(Layer layer) {
    int next = layer.getIndex() + 1;
    return next < network.getnLayers()
            && network.getLayer(next).conf().getLayer() instanceof BatchNormalization
        ? network.getLayer(next)
        : null;
  }
}
