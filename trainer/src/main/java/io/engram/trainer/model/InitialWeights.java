package io.engram.trainer.model;

import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights drawn by {@link Random}, whose algorithm is specified: a seed gives the same network on
 * every backend and Java. Biases are 0, batch normalization starts as the identity.
 */
final class InitialWeights {
  private InitialWeights() {}

  /** Standard normal times √(2 / inputs), for ReLU (He et al. 2015). */
  static void heNormal(MultiLayerNetwork network, long seed) {
    fill(network, seed, (random, in, out) -> (float) (random.nextGaussian() * Math.sqrt(2.0 / in)));
  }

  /** Uniform in ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010). */
  static void glorotUniform(MultiLayerNetwork network, long seed) {
    fill(
        network,
        seed,
        (random, in, out) -> (float) ((2 * random.nextDouble() - 1) * Math.sqrt(6.0 / (in + out))));
  }

  private interface Draw {
    float next(RandomGenerator random, long inputs, long outputs);
  }

  private static void fill(MultiLayerNetwork network, long seed, Draw draw) {
    for (Layer layer : network.getLayers()) {
      Random random = new Random(seed * 1_000_003 + layer.getIndex());
      for (Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
        if (parameter.getKey().equals("W")) {
          fill(parameter.getValue(), random, draw);
        }
      }
    }
  }

  private static void fill(INDArray weights, Random random, Draw draw) {
    boolean dense = weights.rank() == 2;
    long area = dense ? 1 : weights.size(2) * weights.size(3);
    long inputs = dense ? weights.size(0) : weights.size(1) * area;
    long outputs = dense ? weights.size(1) : weights.size(0) * area;
    float[] values = new float[Math.toIntExact(weights.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = draw.next(random, inputs, outputs);
    }
    try (INDArray drawn = Nd4j.create(values, weights.shape(), 'c')) {
      weights.assign(drawn);
    }
  }
}
