package io.engram.trainer.model;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The architectures that a run file can name.
 *
 * <p>{@code mlp-4096} and {@code mlp-16x16} (two ReLU layers under a softmax) and {@code arpit-cnn}
 * (width: filters, 200 unless told otherwise) are those of Arpit et al. 2017, §2, §3.2 and footnote
 * 2; {@code mlp-a}, {@code -b}, {@code -d}, {@code -e} and {@code cnn-c}, {@code -f} those of
 * Chaibub Neto 2018, Fig. 1, with one sigmoid output a class; {@code mlp:784-256-16-2} is any
 * sequence of ReLU layers under a softmax, inputs first, classes last.
 *
 * <p>The loss is the cross-entropy of the softmax, or with sigmoid outputs the binary cross-entropy
 * averaged over the outputs; in nats, either way.
 */
public final class Networks {
  private Networks() {}

  /** What {@link NetworkSpec#name()} can be. */
  public static List<String> names() {
    return Architectures.names();
  }

  /** Shape of the inputs of so many examples, as {@link #build} says. */
  public static long[] inputShape(MultiLayerNetwork network, ImageShape shape, int examples) {
    return takesImages(network.getLayerWiseConfigurations())
        ? new long[] {examples, shape.channels(), shape.height(), shape.width()}
        : new long[] {examples, shape.size()};
  }

  /** Whether it takes images, whose pixels have neighbours; otherwise rows of values. */
  public static boolean takesImages(MultiLayerConfiguration network) {
    return !(network.getConf(0).getLayer() instanceof FeedForwardLayer first)
        || first instanceof ConvolutionLayer;
  }

  /** Whether its outputs are sigmoids under a binary cross-entropy; otherwise a softmax. */
  public static boolean hasSigmoidOutputs(MultiLayerNetwork network) {
    return network.getOutputLayer().conf().getLayer() instanceof OutputLayer output
        && output.getLossFn() instanceof BinaryCrossEntropy;
  }

  /**
   * Makes a network that is ready to train, 32-bit floats throughout. Inputs are rows of
   * channel-major images: [examples, inputs] for fully connected networks, [examples, channels,
   * height, width] for convolutional ones; labels are one-hot rows.
   *
   * @param stepsPerEpoch steps of an epoch, for the learning-rate schedule
   * @param epochs epochs of the run, for the learning-rate schedule
   * @param seed of the initial weights
   * @throws InvalidSettingException if there is no such network, or it does not fit the data or the
   *     regularization
   */
  public static MultiLayerNetwork build(
      NetworkSpec network,
      OptimizerSpec optimizer,
      RegularizationSpec regularization,
      ImageShape shape,
      int classes,
      int stepsPerEpoch,
      int epochs,
      long seed) {
    NativeRuntime.start();
    Architecture architecture = Architectures.resolve(network, shape, classes);
    architecture.requireFits(network.name(), shape);
    MultiLayerNetwork built =
        new MultiLayerNetwork(
            new NetworkConfiguration(network.name(), architecture, regularization)
                .configure(Updaters.of(optimizer, stepsPerEpoch, epochs), shape, classes));
    built.init();
    if (architecture.sigmoidOutputs()) {
      InitialWeights.glorotUniform(built, seed);
    } else {
      InitialWeights.heNormal(built, seed);
    }
    return built;
  }
}
