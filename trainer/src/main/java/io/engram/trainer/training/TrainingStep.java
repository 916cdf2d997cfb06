package io.engram.trainer.training;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One forward and one backward pass that yield the update and everything that is measured of it.
 * The parameters after it are, bit for bit, those after {@link MultiLayerNetwork#fit} on the same
 * batch with the same random state.
 */
final class TrainingStep implements AutoCloseable {
  private final MultiLayerNetwork network;
  private final TrainedLayers layers;
  private final Outputs outputs;
  private final ReferenceGradients gradients;
  private final ReferenceUpdate update;
  private final Map<Integer, Meter> meters = new HashMap<>();

  TrainingStep(MultiLayerNetwork network, TrainedLayers layers, ImageShape shape, Outputs outputs) {
    this.network = network;
    this.layers = layers;
    this.outputs = outputs;
    gradients = new ReferenceGradients(network, layers, shape, outputs.classes());
    update = new ReferenceUpdate(network);
  }

  /**
   * Trains on one batch.
   *
   * @param seed of this step's dropout and noise
   */
  StepMeasurement run(Batch batch, long seed) {
    Nd4j.getRandom().setSeed(seed);
    double learningRate = learningRate();
    Meter meter = meters.computeIfAbsent(batch.size(), this::meter);
    Gradient gradient = gradients.compute(batch, meter);
    update.apply(gradient, batch.size(), meter);
    return meter.read().measurement(batch.labels(), learningRate);
  }

  private Meter meter(int examples) {
    ByProducts byProducts = new ByProducts(layers, outputs, examples);
    return NativeRuntime.start().isCpu()
        ? new HostMeter(layers, byProducts)
        : new DeviceMeter(layers, byProducts);
  }

  /** The rate that the next update will use. */
  double learningRate() {
    return network
        .getLayer(layers.get(0).index())
        .conf()
        .getLayer()
        .getUpdaterByParam("W")
        .getLearningRate(network.getIterationCount(), network.getEpochCount());
  }

  @Override
  public void close() {
    for (Meter meter : meters.values()) {
      meter.close();
    }
    meters.clear();
  }
}
