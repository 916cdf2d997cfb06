package io.engram.trainer.probe.critical;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights and biases of a layer with the batch normalization that follows it, if any, folded into
 * them: by its running statistics it is a factor and a summand for each output.
 */
final class Weights {
  private final Layer layer;
  private final @Nullable Layer normalization;
  private final char order;

  /**
   * @param order in which the weights lie: {@code c} or {@code f}
   * @param normalization without parameters where null
   */
  Weights(Layer layer, @Nullable Layer normalization, char order) {
    this.layer = layer;
    this.normalization = normalization;
    this.order = order;
  }

  /**
   * @param weights the values of one output lie together
   * @param biases one for each output
   */
  record Folded(float[] weights, float[] biases) {}

  Folded folded() {
    float[] weights = values(layer.getParam("W"), order);
    float[] biases = values(layer.getParam("b"), 'c');
    Layer normalized = normalization;
    if (normalized != null) {
      BatchNormalization described = (BatchNormalization) normalized.conf().getLayer();
      float[] mean = values(normalized.getParam("mean"), 'c');
      float[] variance = variance(normalized, described);
      float[] gamma = learned(normalized, "gamma", biases.length, (float) described.getGamma());
      float[] beta = learned(normalized, "beta", biases.length, (float) described.getBeta());
      int inputs = weights.length / biases.length;
      for (int o = 0; o < biases.length; o++) {
        float factor = (float) (gamma[o] / Math.sqrt(variance[o] + described.getEps()));
        for (int at = o * inputs; at < (o + 1) * inputs; at++) {
          weights[at] *= factor;
        }
        biases[o] = (biases[o] - mean[o]) * factor + beta[o];
      }
    }
    return new Folded(weights, biases);
  }

  private static float[] learned(Layer normalization, String name, int length, float fixed) {
    INDArray values = normalization.getParam(name);
    if (values != null) {
      return values(values, 'c');
    }
    float[] all = new float[length];
    Arrays.fill(all, fixed);
    return all;
  }

  private static float[] variance(Layer normalization, BatchNormalization described) {
    if (!described.isUseLogStd()) {
      return values(normalization.getParam("var"), 'c');
    }
    float[] values = values(normalization.getParam("log10stdev"), 'c');
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.pow(10, 2 * values[i]);
    }
    return values;
  }

  private static float[] values(INDArray array, char order) {
    try (INDArray copy = array.dup(order)) {
      float[] values = new float[(int) copy.length()];
      Tiles.pointer(copy).get(values, 0, values.length);
      return values;
    }
  }
}
