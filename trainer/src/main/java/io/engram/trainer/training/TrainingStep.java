package io.engram.trainer.training;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One forward and one backward pass that yield the update and everything that is measured of it.
 * The parameters after it are, bit for bit, those after {@link MultiLayerNetwork#fit} on the same
 * batch with the same random state.
 */
public final class TrainingStep implements AutoCloseable {
  private final MultiLayerNetwork network;
  private final TrainedLayers layers;
  private final Outputs outputs;
  private final boolean host;
  private final Gradients gradients;
  private final Update update;
  private final Map<Integer, Meter> meters = new HashMap<>();

  /**
   * @param network whose activation and loss functions are wrapped, for good
   * @param shape of the inputs
   * @param classes number of outputs
   */
  public TrainingStep(MultiLayerNetwork network, ImageShape shape, int classes) {
    this(network, shape, classes, NativeRuntime.start().isCpu());
  }

  /**
   * @param host whether arrays lie in this process's own memory; only then are there short cuts
   */
  TrainingStep(MultiLayerNetwork network, ImageShape shape, int classes, boolean host) {
    this.network = network;
    this.host = host;
    outputs = new Outputs(classes, Networks.hasSigmoidOutputs(network));
    layers = TrainedLayers.of(network);
    network.initGradientsView();
    gradients =
        host && DenseNetworks.supports(network)
            ? new DenseGradients(network, layers, Networks.hasSigmoidOutputs(network))
            : new ReferenceGradients(network, layers, shape, classes);
    update =
        host && SgdUpdate.supports(network)
            ? new SgdUpdate(network, layers)
            : new ReferenceUpdate(network);
  }

  /** The layers that have parameters. */
  TrainedLayers layers() {
    return layers;
  }

  /**
   * Trains on one batch.
   *
   * @param seed of this step's dropout and noise
   * @return what it showed, before the update
   */
  public StepMeasurement run(Batch batch, long seed) {
    Nd4j.getRandom().setSeed(seed);
    double learningRate = learningRate();
    Meter meter = meters.computeIfAbsent(batch.size(), this::meter);
    gradients.compute(batch, meter);
    update.apply(batch.size(), meter);
    return meter.byProducts().measurement(batch.labels(), learningRate);
  }

  /**
   * Trains on one batch with the instruments off: what the measurements of {@link #run} cost is the
   * difference.
   *
   * @param seed of this step's dropout and noise
   */
  public void runUnmeasured(Batch batch, long seed) {
    Nd4j.getRandom().setSeed(seed);
    Meter none = new NoMeter();
    gradients.compute(batch, none);
    update.apply(batch.size(), none);
  }

  private Meter meter(int examples) {
    ByProducts byProducts = new ByProducts(layers, outputs, examples);
    return host ? new HostMeter(layers, byProducts) : new DeviceMeter(layers, byProducts);
  }

  /** The rate that the next update uses. */
  private double learningRate() {
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
    gradients.close();
  }
}
