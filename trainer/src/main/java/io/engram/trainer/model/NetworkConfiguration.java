package io.engram.trainer.model;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * From an architecture and its regularizers to DeepLearning4J's layers. DeepLearning4J drops or
 * disturbs a layer's <em>input</em>: what follows one layer here stands at the next one there.
 */
final class NetworkConfiguration {
  private final String network;
  private final Architecture architecture;
  private final RegularizationSpec regularization;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Integer> count = new HashMap<>();
  private @Nullable IDropout pending;

  NetworkConfiguration(
      String network, Architecture architecture, RegularizationSpec regularization) {
    this.network = network;
    this.architecture = architecture;
    this.regularization = regularization;
  }

  MultiLayerConfiguration configure(IUpdater updater, ImageShape shape, int classes) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).updater(updater);
    if (regularization.l2() > 0) {
      builder.l2(regularization.l2());
    }
    pending = disturbance(regularization.inputDropout(), regularization.inputNoise());
    architecture.blocks().forEach(this::add);
    add(
        new OutputLayer.Builder()
            .nOut(classes)
            .activation(architecture.sigmoidOutputs() ? Activation.SIGMOID : Activation.SOFTMAX)
            .lossFunction(
                architecture.sigmoidOutputs() ? new BinaryCrossEntropy() : new LossMCXENT()),
        "output");
    NeuralNetConfiguration.ListBuilder list = builder.list();
    layers.forEach(list::layer);
    if (architecture.crop() > 0) {
      list.inputPreProcessor(0, new CropInput(architecture.crop()));
    }
    return list.setInputType(
            isConvolutional()
                ? InputType.convolutional(shape.height(), shape.width(), shape.channels())
                : InputType.feedForward(shape.size()))
        .build();
  }

  private boolean isConvolutional() {
    return architecture.blocks().stream().anyMatch(Block.Convolution.class::isInstance);
  }

  private void add(Block block) {
    if (block instanceof Block.Convolution convolution) {
      add(
          new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
              .nOut(convolution.filters())
              .convolutionMode(mode(convolution.padded()))
              .activation(activation(convolution.normalized())),
          numbered("conv"));
      normalize(convolution.normalized());
    } else if (block instanceof Block.MaxPool pool) {
      layers.add(
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .kernelSize(pool.kernel(), pool.kernel())
              .stride(pool.stride(), pool.stride())
              .convolutionMode(mode(pool.padded()))
              .build());
      pending = disturbance(pool.dropout(), 0);
    } else if (block instanceof Block.Dense dense) {
      add(
          new DenseLayer.Builder().nOut(dense.units()).activation(activation(dense.normalized())),
          numbered("dense"));
      normalize(dense.normalized());
      pending = afterDense(dense);
    }
  }

  private void add(
      org.deeplearning4j.nn.conf.layers.FeedForwardLayer.Builder<?> builder, String name) {
    builder.name(name).biasInit(0);
    if (regularization.weightDecay() > 0) {
      // DeepLearning4J applies it twice where it is set for all layers at once.
      builder.weightDecay(regularization.weightDecay(), true);
    }
    if (pending != null) {
      builder.dropOut(pending);
      pending = null;
    }
    layers.add(builder.build());
  }

  private void normalize(boolean normalized) {
    if (normalized) {
      layers.add(new BatchNormalization.Builder().name(numbered("norm")).build());
      layers.add(new ActivationLayer(Activation.RELU));
    }
  }

  private @Nullable IDropout afterDense(Block.Dense dense) {
    if (dense.dropout() > 0 && regularization.hiddenNoise() > 0) {
      throw new InvalidSettingException(
          "regularization.hidden_noise",
          "cannot be combined with network %s, which has dropout of its own".formatted(network));
    }
    double rate = regularization.dropout() > 0 ? regularization.dropout() : dense.dropout();
    return disturbance(rate, regularization.hiddenNoise());
  }

  private static @Nullable IDropout disturbance(double dropout, double noise) {
    if (dropout > 0) {
      return new Dropout(1 - dropout);
    }
    return noise > 0 ? new GaussianNoise(noise) : null;
  }

  private static ConvolutionMode mode(boolean padded) {
    return padded ? ConvolutionMode.Same : ConvolutionMode.Truncate;
  }

  private static Activation activation(boolean normalized) {
    return normalized ? Activation.IDENTITY : Activation.RELU;
  }

  private String numbered(String kind) {
    return kind + count.merge(kind, 1, Integer::sum);
  }
}
