package io.engram.trainer.probe.critical;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A named network with parameters that are all random (biases and batch normalization too), asked
 * through DeepLearning4J.
 */
record SmallNetwork(MultiLayerNetwork network, ImageShape shape, int classes) {

  static SmallNetwork of(String name, ImageShape shape, int classes) {
    return of(name, null, shape, classes);
  }

  static SmallNetwork of(String name, Integer width, ImageShape shape, int classes) {
    MultiLayerNetwork network =
        Networks.build(
            new NetworkSpec(name, width),
            OptimizerSpec.sgd(0.1),
            new RegularizationSpec(0, 0, name.startsWith("mlp:") ? 0.5 : 0, 0.2, 0, 0),
            shape,
            classes,
            10,
            1,
            5);
    Random random = new Random(11);
    network
        .paramTable()
        .forEach(
            (parameter, values) -> {
              for (int i = 0; i < values.length(); i++) {
                double added = 0.1 * random.nextGaussian();
                boolean positive = parameter.endsWith("_var") || parameter.endsWith("_gamma");
                values.putScalar(i, values.getDouble(i) + (positive ? Math.abs(added) : added));
              }
            });
    return new SmallNetwork(network, shape, classes);
  }

  MultiLayerConfiguration configuration() {
    return network.getLayerWiseConfigurations();
  }

  float[] parameters() {
    return network.params().toFloatVector();
  }

  InputGradients gradients() {
    InputGradients gradients = CriticalSamples.gradients(configuration(), shape, classes);
    gradients.load(parameters());
    return gradients;
  }

  float[] inputs(int examples, long seed) {
    Random random = new Random(seed);
    float[] inputs = new float[examples * shape.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    return inputs;
  }

  /** In eval mode. */
  float[] logits(float[] inputs) {
    return output(network, Nd4j.create(inputs, inputShape(inputs.length), 'c')).asFloat();
  }

  /** In eval mode and double precision. */
  SmallNetwork inDoubles() {
    return new SmallNetwork(network.convertDataType(DataType.DOUBLE), shape, classes);
  }

  double[] logits(double[] inputs) {
    return output(network, Nd4j.create(inputs, inputShape(inputs.length), 'c')).asDouble();
  }

  private long[] inputShape(int values) {
    return Networks.inputShape(network, shape, values / shape.size());
  }

  private static DataBuffer output(MultiLayerNetwork network, INDArray inputs) {
    MultiLayerConfiguration twin = network.getLayerWiseConfigurations().clone();
    int last = twin.getConfs().size() - 1;
    ((BaseOutputLayer) twin.getConf(last).getLayer()).setActivationFn(new ActivationIdentity());
    MultiLayerNetwork identity = new MultiLayerNetwork(twin);
    identity.init(network.params(), false);
    return identity.output(inputs, false).dup('c').data();
  }
}
