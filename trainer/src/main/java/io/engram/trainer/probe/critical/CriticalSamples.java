package io.engram.trainer.probe.critical;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.BinaryCrossEntropy;
import io.engram.trainer.model.NativeRuntime;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/**
 * Critical samples of a network: for each of some examples, whether an input within a box around it
 * is classified otherwise (Arpit et al. 2017, §4.1), by {@link LangevinSearch}. What is found
 * exists; what is not found may exist all the same.
 *
 * <p>Dropout and noise are off and batch normalization uses its running statistics. Sigmoid outputs
 * are attacked through their own loss. Computed on the CPU.
 *
 * <p>Not safe for threads; may move between them. Holds memory outside the heap.
 */
public final class CriticalSamples implements AutoCloseable {
  /** The paper's radius on a scale of pixels 0 to 1. */
  private static final double UNIT = 0.3 / 255;

  private final LangevinSearch search;
  private final double unit;

  /** Is told how each search ended. */
  public interface Finder {
    /**
     * @param example which of the examples
     * @param radius which of the radii
     * @param iteration steps that it took, at least 1
     * @param inputs holds the sample from {@code offset} on; may change after the call
     */
    void found(int example, int radius, int iteration, float[] inputs, int offset);

    /**
     * Nothing was found.
     *
     * @param example which of the examples
     * @param radius which of the radii
     * @param inputs holds the last input of the search from {@code offset} on; may change after the
     *     call
     */
    default void missed(int example, int radius, float[] inputs, int offset) {}
  }

  /**
   * @param configuration of the network, cloned
   * @param shape of its inputs
   * @param standardDeviation that pixels in 0 to 1 were divided by before they became inputs
   * @param seed of the search's noise
   * @throws IllegalArgumentException if it has a layer that is not known here
   */
  public CriticalSamples(
      MultiLayerConfiguration configuration,
      ImageShape shape,
      double standardDeviation,
      long seed) {
    NativeRuntime.start();
    OutputLayer output = (OutputLayer) layer(configuration, configuration.getConfs().size() - 1);
    int classes = (int) output.getNOut();
    search =
        new LangevinSearch(
            gradients(configuration, shape, classes),
            new Ascent(classes, output.getLossFn() instanceof BinaryCrossEntropy),
            new NoiseTable(seed, shape.size()),
            shape.size());
    unit = UNIT / standardDeviation;
  }

  static InputGradients gradients(
      MultiLayerConfiguration configuration, ImageShape shape, int classes) {
    int[] sizes = denseSizes(configuration);
    if (sizes != null) {
      return new DenseInputGradients(sizes);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    return new StagedInputGradients(
        network,
        Stages.of(network, shape),
        new long[] {shape.channels(), shape.height(), shape.width()},
        classes);
  }

  /** Inputs and units of plain ReLU layers; null if there is anything else. */
  private static int @Nullable [] denseSizes(MultiLayerConfiguration configuration) {
    int layers = configuration.getConfs().size();
    int[] sizes = new int[layers + 1];
    for (int l = 0; l < layers; l++) {
      Layer layer = layer(configuration, l);
      boolean last = l == layers - 1;
      if (!(last ? layer instanceof OutputLayer : layer instanceof DenseLayer)
          || !(last || ((BaseLayer) layer).getActivationFn() instanceof ActivationReLU)) {
        return null;
      }
      sizes[l] = (int) ((FeedForwardLayer) layer).getNIn();
      sizes[l + 1] = (int) ((FeedForwardLayer) layer).getNOut();
    }
    return configuration.getInputPreProcessors().isEmpty() ? sizes : null;
  }

  private static Layer layer(MultiLayerConfiguration configuration, int index) {
    return configuration.getConf(index).getLayer();
  }

  /**
   * Takes over the parameters that are searched with from now on.
   *
   * @param parameters all of the network's, in its order
   */
  public void load(float[] parameters) {
    search.load(parameters);
  }

  /**
   * Searches around examples.
   *
   * @param set a number for the set of examples, part of the key of the search's noise
   * @param ids of the examples in the set, part of it too
   * @param inputs of the examples, row by row
   * @param radii half sides of the boxes, in multiples of 0.3 on the scale of pixels 0 to 255
   * @param iterations steps of a search at most
   * @throws ArithmeticException if an output of the network is not finite
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public void search(
      int set, int[] ids, float[] inputs, double[] radii, int iterations, Finder finder) {
    double[] scaled = new double[radii.length];
    for (int r = 0; r < radii.length; r++) {
      scaled[r] = radii[r] * unit;
    }
    search.search(set, ids, inputs, scaled, iterations, finder);
  }

  @Override
  public void close() {
    search.close();
  }
}
