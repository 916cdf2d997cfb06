package io.engram.trainer.experiment.filters;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The filters of a convolution.
 *
 * @param filters number of them
 * @param channels of its inputs
 * @param height of a filter, at least 2
 * @param width of a filter, at least 2
 * @param weights filter by filter, channel by channel, row by row
 */
record FilterBank(int filters, int channels, int height, int width, float[] weights) {
  /**
   * Those of a network's first layer.
   *
   * @param configuration of the network, cloned
   * @param parameters all of the network's, copied
   * @throws IllegalArgumentException if its first layer is no convolution
   */
  static FilterBank first(MultiLayerConfiguration configuration, INDArray parameters) {
    if (!(configuration.getConf(0).getLayer() instanceof ConvolutionLayer)) {
      throw new IllegalArgumentException("the network's first layer is no convolution");
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init(parameters.dup(), false);
    try (INDArray weights = network.getLayer(0).getParam("W").dup('c')) {
      return new FilterBank(
          (int) weights.size(0),
          (int) weights.size(1),
          (int) weights.size(2),
          (int) weights.size(3),
          weights.data().asFloat());
    } finally {
      network.close();
    }
  }

  float weight(int filter, int channel, int row, int column) {
    return weights[((filter * channels + channel) * height + row) * width + column];
  }

  /**
   * How alike neighbouring weights are: 1 minus Geary's C (1954), the mean squared difference of
   * horizontal and vertical neighbours over twice the sample variance, for every channel of every
   * filter, averaged. 0 is what the same weights have in a random order, on average over all
   * orders; 1 is a surface without differences between neighbours; below 0 neighbours are opposed.
   *
   * <p>Channels whose weights are all equal have no variance and are left out; NaN if all are.
   * O(weights).
   */
  double smoothness() {
    double sum = 0;
    int counted = 0;
    for (int filter = 0; filter < filters; filter++) {
      for (int channel = 0; channel < channels; channel++) {
        double one = smoothness(filter, channel);
        sum += Double.isNaN(one) ? 0 : one;
        counted += Double.isNaN(one) ? 0 : 1;
      }
    }
    return counted == 0 ? Double.NaN : sum / counted;
  }

  private double smoothness(int filter, int channel) {
    double squares = 0;
    int pairs = 0;
    double sum = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double weight = weight(filter, channel, row, column);
        sum += weight;
        if (row > 0) {
          double difference = weight - weight(filter, channel, row - 1, column);
          squares += difference * difference;
          pairs++;
        }
        if (column > 0) {
          double difference = weight - weight(filter, channel, row, column - 1);
          squares += difference * difference;
          pairs++;
        }
      }
    }
    int n = height * width;
    double mean = sum / n;
    double deviations = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double deviation = weight(filter, channel, row, column) - mean;
        deviations += deviation * deviation;
      }
    }
    double variance = deviations / (n - 1);
    return variance == 0 ? Double.NaN : 1 - squares / (2 * variance * pairs);
  }

  /** A filter's weights from 0, its least, to 1, its greatest; 0.5 where all are equal. */
  double[] stretched(int filter) {
    int size = channels * height * width;
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = weights[filter * size + i];
    }
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    for (int i = 0; i < size; i++) {
      values[i] = high > low ? (values[i] - low) / (high - low) : 0.5;
    }
    return values;
  }
}
