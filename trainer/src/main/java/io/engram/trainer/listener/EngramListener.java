package io.engram.trainer.listener;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import io.engram.trainer.publish.EventPublisher;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds Engram to a training that is DeepLearning4J's own:
 *
 * <pre>{@code net.setListeners(new EngramListener("my-run"));}</pre>
 *
 * <p>Takes a {@code MultiLayerNetwork} or {@code ComputationGraph} with one input and one output.
 * Tells of every step its loss, accuracy, learning rate and duration, and of every layer the norms
 * of gradient, update and parameters. Where {@link Builder#monitor} gives examples, it tells what
 * the network says of them too, and the collector watches for the onset of memorization. The
 * parameters that are trained stay bit-equal to those of a training without the listener: it only
 * reads, and what it asks the network in evaluation mode it asks of a copy.
 *
 * <p>Never waits for the collector: events go through a bounded queue; what does not fit is dropped
 * and counted. By default a collector runs within this process, with the live page at {@code
 * http://127.0.0.1:9464/}, as long as the program does.
 *
 * <p>The accuracy of a step, and its loss without regularization, are known where the last layer is
 * a dense one with softmax and cross-entropy; dropout on that layer's own input is not seen.
 * Elsewhere the loss is the network's score times the examples; the run's header says so.
 *
 * <p>Cost: three norms of each parameter array a step, and a product of the last hidden activations
 * with the last layer's weights; a look or an evaluation one forward pass over its examples. One
 * listener is for one training; several networks take one each. Thread-safe.
 */
public final class EngramListener extends BaseTrainingListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngramListener.class);
  private static final Duration DELIVERY = Duration.ofSeconds(10);
  private static final long HEARTBEAT_NANOS = 1_000_000_000;
  private static final double NANOS = 1e9;

  private final Builder settings;
  private final @Nullable URI page;
  private final EventPublisher publisher;
  private final Runnable atExit = () -> end(Outcome.STOPPED, "the program ended");
  private @Nullable LayerNorms norms;
  private @Nullable NetworkCopy copy;
  private double @Nullable [][] logits;
  private StepOutcome outcome = StepOutcome.UNKNOWN;
  private boolean over;
  private int epoch;
  private long step;
  private long stepBegan = System.nanoTime();
  private long epochNanos;
  private long reported = System.nanoTime();

  /**
   * Shows a run in this process, on the port 9464 of the loopback.
   *
   * @param run name of the run, a DNS label
   * @throws IllegalArgumentException if it is none
   * @throws IllegalStateException if the port cannot be listened on
   */
  public EngramListener(String run) {
    this(new Builder(run));
  }

  private EngramListener(Builder settings) {
    this.settings = settings;
    Vertx vertx = settings.vertx;
    EmbeddedCollector.Running started =
        vertx == null ? EmbeddedCollector.start(settings.port, settings.stateDir) : null;
    page = started == null ? null : started.page();
    publisher = new EventPublisher(settings.run, InstantSource.system());
    publisher.start(started == null ? Objects.requireNonNull(vertx) : started.vertx());
    AtExit.first(atExit);
  }

  /**
   * More than a name.
   *
   * @param run name of the run, a DNS label
   * @throws IllegalArgumentException if it is none
   */
  public static Builder of(String run) {
    return new Builder(run);
  }

  /** What a listener may be told. */
  public static final class Builder {
    private final RunId run;
    private final List<Monitored> monitored = new ArrayList<>();
    private int port = 9464;
    private @Nullable Path stateDir;
    private @Nullable Vertx vertx;
    private String dataset = "";
    private int trainingExamples;
    private int epochs;
    private int lookEvery = 50;
    private int nextId;
    private @Nullable Monitored validation;

    private Builder(String run) {
      this.run = new RunId(run);
    }

    /** Port of the live page; 0 takes a free one, which the log names. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Folder in which the collector keeps its runs over a restart; without one it keeps none. */
    public Builder stateDir(Path stateDir) {
      this.stateDir = stateDir;
      return this;
    }

    /** A bus on which a collector listens already: then none is started here. */
    public Builder vertx(Vertx vertx) {
      this.vertx = vertx;
      return this;
    }

    /**
     * What is trained on.
     *
     * @param name for people
     * @param trainingExamples examples of an epoch: onset detectors measure time in epochs
     * @param epochs how many are planned
     */
    public Builder dataset(String name, int trainingExamples, int epochs) {
      this.dataset = name;
      this.trainingExamples = trainingExamples;
      this.epochs = epochs;
      return this;
    }

    /** Steps between two looks at the monitored examples, at least 1; 2 to 5 an epoch are good. */
    public Builder lookEvery(int steps) {
      require(steps >= 1, "lookEvery must be at least 1, was " + steps);
      this.lookEvery = steps;
      return this;
    }

    /**
     * Examples to be looked at again and again; 500 training examples are a good number. Of one
     * role once.
     *
     * @param role what they are for: training, hold-out, ghost
     * @param features as the network takes them, one example a row
     * @param labels the labels that they were given, 0 to classes - 1
     * @throws IllegalArgumentException if there are not as many labels as rows
     */
    public Builder monitor(ExampleRole role, INDArray features, int[] labels) {
      int[] unknown = new int[labels.length];
      Arrays.fill(unknown, -1);
      return monitor(role, features, labels, unknown);
    }

    /**
     * The same, where more is known of the labels: those before noise, or of canaries and ghosts
     * those that the data gave. A canary is trained on under a label drawn uniformly from the
     * classes other than that one.
     */
    public Builder monitor(ExampleRole role, INDArray features, int[] labels, int[] trueLabels) {
      Monitored more = new Monitored(role, nextId, features, labels, trueLabels);
      require(
          monitored.stream().noneMatch(m -> m.role() == role), role + " examples are given twice");
      nextId += labels.length;
      monitored.add(more);
      return this;
    }

    /** Clean examples that are not trained on, to be evaluated after every epoch. */
    public Builder validation(INDArray features, int[] labels) {
      validation = new Monitored(ExampleRole.VALIDATION, 0, features, labels, labels);
      return this;
    }

    /**
     * @throws IllegalStateException if a collector is to be started and its port cannot be listened
     *     on
     */
    public EngramListener build() {
      return new EngramListener(this);
    }

    private static void require(boolean holds, String problem) {
      if (!holds) {
        throw new IllegalArgumentException(problem);
      }
    }
  }

  @Override
  public synchronized void onEpochStart(Model model) {
    stepBegan = System.nanoTime();
  }

  @Override
  public synchronized void onForwardPass(Model model, List<INDArray> activations) {
    if (!over && !activations.isEmpty()) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        logits = StepOutcome.logits(model, activations.get(activations.size() - 1));
      }
    }
  }

  @Override
  public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
    if (!over) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        logits = StepOutcome.logits(model, activations);
      }
    }
  }

  /** The labels are still there: a graph forgets them before it hands out its gradient. */
  @Override
  public synchronized void onBackwardPass(Model model) {
    if (!over) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        outcome = StepOutcome.of(model, logits);
        logits = null;
      }
    }
  }

  /** The gradient is there, the update is not. */
  @Override
  public synchronized void onGradientCalculation(Model model) {
    if (over) {
      return;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      LayerNorms measuring = norms;
      if (measuring == null) {
        measuring = begin(model);
      }
      measuring.beforeUpdate(model);
    }
  }

  @Override
  public synchronized void iterationDone(Model model, int iteration, int epoch) {
    LayerNorms measuring = norms;
    if (over || measuring == null) {
      return;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      int examples = model.batchSize();
      long now = System.nanoTime();
      this.epoch = epoch;
      step = iteration;
      double lossSum = outcome.isKnown() ? outcome.lossSum() : model.score() * examples;
      emit(
          new StepCompleted(
              examples,
              outcome.correct(),
              lossSum,
              Models.learningRate(model),
              (now - stepBegan) / NANOS));
      emit(measuring.afterUpdate(model));
      epochNanos += now - stepBegan;
      outcome = StepOutcome.UNKNOWN;
      step = iteration + 1L;
      if (step % settings.lookEvery == 0) {
        look(model);
      }
      if (now - reported >= HEARTBEAT_NANOS) {
        reported = now;
        publisher.report(this.epoch, step, TrainerReported.State.RUNNING);
      }
    }
    stepBegan = System.nanoTime();
  }

  @Override
  public synchronized void onEpochEnd(Model model) {
    if (over || norms == null) {
      return;
    }
    epoch++;
    List<Evaluation> evaluations = new ArrayList<>();
    Monitored validation = settings.validation;
    if (validation != null) {
      evaluations.add(copy(model).evaluate(validation));
    }
    emit(new EpochCompleted(evaluations, epochNanos / NANOS));
    epochNanos = 0;
  }

  /** Address of the live page; null where the collector is another's. */
  public @Nullable URI page() {
    return page;
  }

  /** Events that were dropped because the collector did not keep up, by reason. */
  public synchronized Map<String, Long> dropped() {
    return publisher.dropped();
  }

  /**
   * Says that the training is complete, and waits until the collector has heard it, ten seconds at
   * most. A program that ends without it says that the run was stopped.
   */
  @Override
  public void close() {
    if (end(Outcome.COMPLETED, "")) {
      AtExit.forget(atExit);
    }
  }

  private synchronized boolean end(Outcome outcome, String detail) {
    if (over) {
      return false;
    }
    over = true;
    publisher.report(epoch, step, TrainerReported.State.RUNNING);
    emit(new RunFinished(outcome, detail));
    try {
      int left =
          publisher
              .stop(DELIVERY)
              .toCompletionStage()
              .toCompletableFuture()
              .get(2 * DELIVERY.toSeconds(), TimeUnit.SECONDS);
      if (left > 0) {
        LOG.warn("Run {}: {} events were not delivered", settings.run, left);
      }
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      LOG.warn("Run {}: the last events were not delivered: {}", settings.run, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private LayerNorms begin(Model model) {
    LayerNorms measuring = new LayerNorms(model);
    norms = measuring;
    step = Models.iteration(model);
    int batch = model.batchSize();
    emit(
        new RunStarted(
            new RunStarted.Dataset(
                settings.dataset,
                "",
                settings.trainingExamples,
                settings.validation == null ? 0 : settings.validation.size(),
                outcome.classes(),
                1,
                1,
                1,
                0,
                1),
            new RunStarted.Noise("none", 0, 0, "none", 0, 0, 0),
            new RunStarted.Network(
                Models.name(model),
                model.numParams(),
                measuring.layers(),
                outcome.isKnown()
                    ? List.of()
                    : List.of(
                        "accuracy of steps, and their loss without regularization: the output is"
                            + " no dense layer with softmax and cross-entropy")),
            new RunStarted.Training(
                Models.optimizer(model),
                Models.learningRate(model),
                batch,
                settings.epochs,
                batch == 0 ? 0 : (settings.trainingExamples + batch - 1) / batch,
                0),
            new RunStarted.Device("cpu", ""),
            -1));
    for (Monitored examples : settings.monitored) {
      emit(
          new ExamplesDescribed(
              examples.role(), examples.ids(), examples.labels(), examples.trueLabels()));
    }
    return measuring;
  }

  private void look(Model model) {
    List<Monitored> examples = settings.monitored;
    for (int i = 0; i < examples.size(); i++) {
      PredictionsMonitored said =
          copy(model).predictions(examples.get(i), i + 1 == examples.size());
      emit(said);
    }
  }

  private NetworkCopy copy(Model model) {
    NetworkCopy made = copy;
    if (made == null) {
      made = NetworkCopy.of(model);
      copy = made;
    }
    made.update(model);
    return made;
  }

  private void emit(TrainingEvent event) {
    publisher.emit(epoch, step, event);
  }
}
