package io.engram.trainer.training;

import io.engram.events.CheckpointSaved;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A run from its first evaluation to its last: epoch 0 evaluated, then for every epoch its steps
 * and an evaluation. Works in units, so that whoever drives it can listen between them.
 *
 * <p>Emits {@link RunStarted}, the examples' labels and then what happens. A loss that becomes NaN
 * or infinite ends nothing; the numbers say so.
 *
 * <p>With one thread a run is reproducible bit for bit, in one piece or resumed from any
 * checkpoint.
 *
 * <p>Not safe for threads: made, used and closed on one thread.
 */
public final class TrainingLoop implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final RunSpec spec;
  private final RunData data;
  private final EventSink sink;
  private final MultiLayerConfiguration configuration;
  private final MultiLayerNetwork network;
  private final TrainingStep trainingStep;
  private final LogitsNetwork logits;
  private final Evaluator evaluator;
  private final int stepsPerEpoch;
  private final RunStarted header;
  private final LoopListener listener;
  private final Boundary boundary = new Boundary();

  private int step;
  private int evaluations;
  private boolean reached;
  private @Nullable EpochOrder order;
  private long epochNanos;

  private TrainingLoop(
      RunSpec spec,
      RunData data,
      EventSink sink,
      @Nullable Path checkpoint,
      LoopListeners listeners) {
    this.spec = spec;
    this.data = data;
    this.sink = sink;
    NativeRuntime.setThreads(spec.training().threads());
    ExampleSet training = data.training();
    int batch = spec.training().batch();
    if (batch > training.size()) {
      throw new InvalidSettingException(
          "training.batch",
          "is %d, must be at most the %d training examples".formatted(batch, training.size()));
    }
    stepsPerEpoch = (data.trained().size() + batch - 1) / batch;
    network = untrained(spec, training, stepsPerEpoch);
    configuration = network.getLayerWiseConfigurations().clone();
    if (checkpoint != null) {
      Checkpoint read = Checkpoint.read(checkpoint, RunHeader.settings(spec, data), network);
      step = read.step();
      evaluations = read.evaluations();
    }
    logits = new LogitsNetwork(configuration, network.params(), training.shape());
    evaluator = new Evaluator(logits, data);
    trainingStep =
        new TrainingStep(
            network,
            training.shape(),
            training.classes(),
            AdversarialExamples.of(spec, data, configuration));
    header =
        RunHeader.of(
            spec, data, trainingStep.layers(), stepsPerEpoch, checkpoint == null ? -1 : step);
    listener =
        listeners.listen(
            new LoopListeners.Context(spec, data, configuration, stepsPerEpoch, step, sink));
    sink.emit(epoch(), step, header);
    describe(training, ExampleRole.TRAINING);
    describe(data.validation(), ExampleRole.VALIDATION);
    describe(data.holdout(), ExampleRole.HOLDOUT);
    describe(data.canaries(), ExampleRole.CANARY);
    describe(data.ghosts(), ExampleRole.GHOST);
  }

  /**
   * The network of a run before its first update.
   *
   * @param training the run's training examples
   */
  public static MultiLayerNetwork untrained(RunSpec spec, ExampleSet training, int stepsPerEpoch) {
    return Networks.build(
        spec.network(),
        spec.optimizer(),
        spec.regularization(),
        training.shape(),
        training.classes(),
        stepsPerEpoch,
        spec.training().epochs(),
        Seeds.mix(spec.training().seed(), Seeds.WEIGHTS, 0));
  }

  private void describe(ExampleSet examples, ExampleRole role) {
    examples.described(role).forEach(chunk -> sink.emit(epoch(), step, chunk));
  }

  /**
   * Builds the network, and emits the header of the run and the labels of its examples.
   *
   * @throws InvalidSettingException if the network or the batch does not fit the data
   */
  public static TrainingLoop start(RunSpec spec, RunData data, EventSink sink) {
    return start(spec, data, sink, context -> new NoListener());
  }

  /** The same with someone who listens between the steps. */
  public static TrainingLoop start(
      RunSpec spec, RunData data, EventSink sink, LoopListeners listeners) {
    return new TrainingLoop(spec, data, sink, null, listeners);
  }

  /**
   * Continues a run from a checkpoint, as if it had never stopped.
   *
   * @throws CheckpointException if the file is damaged, or of another run, network or data set
   */
  public static TrainingLoop resume(RunSpec spec, RunData data, EventSink sink, Path checkpoint) {
    return resume(spec, data, sink, checkpoint, context -> new NoListener());
  }

  /** The same with someone who listens between the steps. */
  public static TrainingLoop resume(
      RunSpec spec, RunData data, EventSink sink, Path checkpoint, LoopListeners listeners) {
    return new TrainingLoop(spec, data, sink, checkpoint, listeners);
  }

  /** The header that was emitted first. */
  public RunStarted header() {
    return header;
  }

  /**
   * Does the next unit of work (an evaluation, one step, or after the last of them a moment's wait
   * for the listener) and emits what it showed.
   *
   * @return whether there was one: false once all epochs are done, or the accuracy is reached that
   *     ends the run
   */
  public boolean advance() {
    if (evaluations <= epoch()) {
      evaluate();
      listener.atBoundary(boundary);
      return true;
    }
    if (reached || epoch() >= spec.training().epochs()) {
      return listener.settle();
    }
    train();
    if (evaluations > epoch()) {
      listener.atBoundary(boundary);
    }
    return true;
  }

  private void evaluate() {
    List<Evaluation> found = evaluator.evaluate();
    sink.emit(epoch(), step, new EpochCompleted(found, epochNanos / NANOS));
    reached = reaches(found, spec.training().untilAccuracy());
    evaluations++;
    epochNanos = 0;
    order = null;
  }

  private static boolean reaches(List<Evaluation> found, @Nullable Double accuracy) {
    if (accuracy == null) {
      return false;
    }
    long correct = 0;
    long examples = 0;
    for (Evaluation evaluation : found) {
      if (evaluation.split() == Split.TRAIN) {
        correct += evaluation.correct();
        examples += evaluation.examples();
      }
    }
    return correct >= accuracy * examples;
  }

  private void train() {
    long began = System.nanoTime();
    int epoch = epoch();
    long seed = spec.training().seed();
    if (order == null) {
      order = new EpochOrder(data.trained(), spec.training().batch(), seed, epoch);
    }
    int[] rows = order.rows(step % stepsPerEpoch);
    listener.beforeStep(boundary, rows);
    Batch batch = order.batch(rows);
    StepMeasurement measured = trainingStep.run(batch, Seeds.mix(seed, Seeds.STEP, step));
    long nanos = System.nanoTime() - began;
    epochNanos += nanos;
    sink.emit(epoch, step, completed(rows, batch, measured, nanos / NANOS));
    sink.emit(epoch, step, classified(rows, batch, measured));
    sink.emit(epoch, step, measured.norms());
    step++;
  }

  /** What the step showed of its examples that are not canaries. */
  private StepCompleted completed(
      int[] rows, Batch batch, StepMeasurement measured, double seconds) {
    int examples = 0;
    int correct = 0;
    double lossSum = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < data.training().size()) {
        examples++;
        correct += measured.predicted()[i] == batch.labels()[i] ? 1 : 0;
        lossSum += measured.loss()[i];
      }
    }
    return new StepCompleted(
        examples,
        correct,
        examples == rows.length ? measured.lossSum() : lossSum,
        measured.learningRate(),
        seconds);
  }

  private ExamplesClassified classified(int[] rows, Batch batch, StepMeasurement measured) {
    return new ExamplesClassified(
        Arrays.stream(rows).map(data.trained()::id).toArray(),
        batch.labels(),
        measured.predicted(),
        measured.loss(),
        measured.margin(),
        measured.inputGradientL1(),
        measured.inputGradientL2(),
        measured.gradientNorm(),
        measured.layerGradientNorms());
  }

  /** Epochs completed. */
  public int epoch() {
    return step / stepsPerEpoch;
  }

  /** Updates completed. */
  public long step() {
    return step;
  }

  /** Steps of an epoch; the last of them may have fewer examples. */
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /**
   * Writes all that {@link #resume} needs to a file, in one piece or not at all, and emits {@link
   * CheckpointSaved}. Its directory is made where there is none.
   *
   * @throws CheckpointException if it cannot be written
   */
  public void saveCheckpoint(Path file) {
    Path unannounced = file.resolveSibling(file.getFileName() + ".unannounced");
    write(unannounced, true);
    sink.emit(epoch(), step, new CheckpointSaved(file.toString()));
    sink.commit();
    try {
      Files.move(
          unannounced, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CheckpointException("checkpoint %s cannot be written: %s".formatted(file, e), e);
    }
  }

  /**
   * Writes the same without a word, and without waiting for the disk: it outlives this process, and
   * perhaps not the machine.
   *
   * @throws CheckpointException if it cannot be written
   */
  public void keepCheckpoint(Path file) {
    write(file, false);
  }

  private void write(Path file, boolean durable) {
    configuration.setIterationCount(step);
    Checkpoint.at(RunHeader.settings(spec, data), step, evaluations)
        .write(file, configuration, network, durable);
  }

  /** Frees the memory of the network. */
  @Override
  public void close() {
    listener.close();
    trainingStep.close();
    logits.close();
    network.close();
  }

  private final class Boundary implements TrainingState {
    private @Nullable ParameterSnapshot snapshot;

    @Override
    public int epoch() {
      return TrainingLoop.this.epoch();
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public INDArray parameters() {
      return network.params();
    }

    @Override
    public ParameterSnapshot snapshot() {
      if (snapshot == null || snapshot.step() != step) {
        snapshot = new ParameterSnapshot(epoch(), step, network.params().toFloatVector());
      }
      return snapshot;
    }
  }
}
