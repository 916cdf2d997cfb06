package io.engram.trainer.training;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.OptimizerSpec.Schedule;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network and batches of random examples for it.
 *
 * @param shape of the inputs
 * @param classes of the labels
 */
record Problems(
    String network,
    Integer width,
    ImageShape shape,
    int classes,
    OptimizerSpec optimizer,
    RegularizationSpec regularization) {

  static Problems of(String network, ImageShape shape, int classes) {
    return new Problems(
        network, null, shape, classes, optimizer(OptimizerSpec.Name.SGD), RegularizationSpec.NONE);
  }

  static OptimizerSpec optimizer(OptimizerSpec.Name name) {
    double rate =
        name == OptimizerSpec.Name.SGD || name == OptimizerSpec.Name.MOMENTUM ? 0.05 : 0.002;
    return new OptimizerSpec(name, rate, 0.9, new Schedule(Schedule.Kind.EXPONENTIAL, 0.5, 1));
  }

  Problems with(OptimizerSpec.Name name) {
    return new Problems(network, width, shape, classes, optimizer(name), regularization);
  }

  Problems with(RegularizationSpec other) {
    return new Problems(network, width, shape, classes, optimizer, other);
  }

  Problems withWidth(int filters) {
    return new Problems(network, filters, shape, classes, optimizer, regularization);
  }

  MultiLayerNetwork build() {
    return Networks.build(
        new NetworkSpec(network, width), optimizer, regularization, shape, classes, 10, 3, 17);
  }

  TrainingStep step(MultiLayerNetwork built) {
    return new TrainingStep(built, shape, classes);
  }

  Batch batch(int examples, long seed) {
    Random random = new Random(seed);
    float[] inputs = new float[examples * shape.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    int[] labels = random.ints(examples, 0, classes).toArray();
    return new Batch(inputs, labels);
  }

  INDArray inputs(MultiLayerNetwork built, Batch batch) {
    return Nd4j.create(batch.inputs(), Networks.inputShape(built, shape, batch.size()), 'c');
  }

  INDArray labels(Batch batch) {
    INDArray labels = Nd4j.zeros(batch.size(), classes);
    for (int i = 0; i < batch.size(); i++) {
      labels.putScalar(i, batch.labels()[i], 1);
    }
    return labels;
  }

  /** One example of a batch. */
  Batch only(Batch batch, int example) {
    int size = shape.size();
    return new Batch(
        java.util.Arrays.copyOfRange(batch.inputs(), example * size, (example + 1) * size),
        new int[] {batch.labels()[example]});
  }
}
