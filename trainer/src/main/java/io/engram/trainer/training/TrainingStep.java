package io.engram.trainer.training;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One forward and one backward pass that yield the update and everything that is measured of it.
 * The parameters after it are, bit for bit, those after {@link MultiLayerNetwork#fit} on the same
 * batch with the same random state.
 *
 * <p>With adversarial examples there is a pass of both kinds for them before that, with dropout and
 * noise of its own, and the update takes the mean of the two gradients by their weights (of the
 * batches' moments in batch normalization, too). What is measured of examples, their losses,
 * predictions and gradient norms, is that of the examples themselves; a layer's gradient norm is
 * that of the gradient that the update takes.
 */
public final class TrainingStep implements AutoCloseable {
  private final MultiLayerNetwork network;
  private final TrainedLayers layers;
  private final Outputs outputs;
  private final boolean host;
  private final Gradients gradients;
  private final Update update;
  private final Map<Integer, Meter> meters = new HashMap<>();
  private final @Nullable AdversarialExamples adversarial;
  private final @Nullable INDArray kept;

  /**
   * @param network whose activation and loss functions are wrapped, for good
   * @param shape of the inputs
   * @param classes number of outputs
   */
  public TrainingStep(MultiLayerNetwork network, ImageShape shape, int classes) {
    this(network, shape, classes, (AdversarialExamples) null);
  }

  /**
   * @param adversarial what is trained on beside the examples, closed with this; null for nothing
   */
  public TrainingStep(
      MultiLayerNetwork network,
      ImageShape shape,
      int classes,
      @Nullable AdversarialExamples adversarial) {
    this(network, shape, classes, adversarial, NativeRuntime.start().isCpu());
  }

  /**
   * @param host whether arrays lie in this process's own memory; only then are there short cuts
   */
  TrainingStep(
      MultiLayerNetwork network,
      ImageShape shape,
      int classes,
      @Nullable AdversarialExamples adversarial,
      boolean host) {
    this.network = network;
    this.adversarial = adversarial;
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
    kept = adversarial == null ? null : network.getGradientsViewArray().dup();
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
    double learningRate = learningRate();
    Meter meter = meters.computeIfAbsent(batch.size(), this::meter);
    compute(batch, meter, seed);
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
    Meter none = new NoMeter();
    compute(batch, none, seed);
    update.apply(batch.size(), none);
  }

  /** Leaves the gradient of the loss that is trained on in the network's gradient array. */
  private void compute(Batch batch, Meter meter, long seed) {
    if (adversarial == null || kept == null) {
      Nd4j.getRandom().setSeed(seed);
      gradients.compute(batch, meter);
      return;
    }
    INDArray gradient = network.getGradientsViewArray();
    Batch moved = adversarial.around(batch, network, seed);
    Nd4j.getRandom().setSeed(Seeds.mix(seed, Seeds.ADVERSARIAL, 0));
    gradients.compute(moved, new NoMeter());
    kept.assign(gradient).muli(adversarial.weight());
    Nd4j.getRandom().setSeed(seed);
    gradients.compute(batch, meter);
    gradient.muli(1 - adversarial.weight()).addi(kept);
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
    if (adversarial != null && kept != null) {
      adversarial.close();
      kept.close();
    }
  }
}
