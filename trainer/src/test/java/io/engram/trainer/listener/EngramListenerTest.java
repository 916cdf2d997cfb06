package io.engram.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.EpochCompleted;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.EventAddresses;
import io.engram.trainer.model.NativeRuntime;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Training that is DeepLearning4J's own, on arrays in MNIST's shape. */
@Timeout(180)
final class EngramListenerTest {
  private static final int EXAMPLES = 200;
  private static final int BATCH = 40;
  private static final int EPOCHS = 3;
  private static final int CLASSES = 10;

  private final List<EventEnvelope> heard = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private int[] labels;
  private INDArray features;

  @BeforeEach
  void start() {
    NativeRuntime.setThreads(1);
    vertx = Vertx.vertx();
    vertx
        .eventBus()
        .<EventBatch>consumer(
            EventAddresses.EVENTS,
            message -> {
              List<EventEnvelope> envelopes = message.body().envelopes();
              heard.addAll(envelopes);
              message.reply(envelopes.get(envelopes.size() - 1).sequence());
            });
    Random random = new Random(5);
    labels = random.ints(EXAMPLES, 0, CLASSES).toArray();
    float[][] pixels = new float[EXAMPLES][784];
    for (int i = 0; i < EXAMPLES; i++) {
      for (int d = 0; d < 784; d++) {
        pixels[i][d] = (float) (0.3 * random.nextGaussian() + (d % CLASSES == labels[i] ? 1 : 0));
      }
    }
    features = Nd4j.create(pixels);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "graph"})
  void parametersAreBitEqualWithAndWithoutIt(String kind) {
    float[] without = train(network(kind), null);
    EngramListener listener = listener();
    float[] with = train(network(kind), listener);
    listener.close();

    assertThat(with).isEqualTo(without);
    assertThat(without).isNotEqualTo(network(kind).params().toFloatVector());
    assertThat(all(StepCompleted.class)).hasSize(EPOCHS * EXAMPLES / BATCH);
    assertThat(all(PredictionsMonitored.class)).hasSize(2 * EPOCHS * EXAMPLES / BATCH / 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "graph"})
  void tellsWhatTheNetworkShows(String kind) {
    Model network = network(kind);
    EngramListener listener = listener();
    train(network, listener);
    listener.close();

    assertThat(heard).extracting(EventEnvelope::sequence).isSorted().startsWith(0L);
    RunStarted started = all(RunStarted.class).get(0);
    assertThat(heard.get(0).event()).isSameAs(started);
    assertThat(started.dataset().classes()).isEqualTo(CLASSES);
    assertThat(started.training().stepsPerEpoch()).isEqualTo(EXAMPLES / BATCH);
    assertThat(started.network().layers()).hasSize(3);
    assertThat(started.network().unavailable()).isEmpty();
    assertThat(all(ExamplesDescribed.class))
        .extracting(ExamplesDescribed::role)
        .containsExactly(ExampleRole.TRAINING, ExampleRole.HOLDOUT);
    assertThat(all(ExamplesDescribed.class).get(1).ids()[0]).isEqualTo(100);
    assertThat(all(EpochCompleted.class))
        .hasSize(EPOCHS)
        .allSatisfy(epoch -> assertThat(epoch.evaluations().get(0).examples()).isEqualTo(100));
    assertThat(heard.stream().filter(e -> e.event() instanceof EpochCompleted).map(e -> e.epoch()))
        .containsExactly(1, 2, 3);
    assertThat(all(RunFinished.class))
        .containsExactly(new RunFinished(RunFinished.Outcome.COMPLETED, ""));
    List<PredictionsMonitored> looks = all(PredictionsMonitored.class);
    assertThat(looks).extracting(PredictionsMonitored::completesLook).startsWith(false, true);
    assertThat(looks.get(looks.size() - 2).probabilities())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(said(network, features.get(rows(0, 100))));
  }

  /** One step by hand: without dropout the listener's figures are those of the network itself. */
  @Test
  void figuresAreThoseOfTheNetwork() {
    MultiLayerNetwork network = (MultiLayerNetwork) network("plain");
    INDArray x = features.get(rows(0, BATCH)).dup();
    INDArray y = oneHot(0, BATCH);
    INDArray before = network.params().dup();
    network.setInput(x);
    network.setLabels(y);
    network.computeGradientAndScore();
    double score = network.score();
    INDArray gradient = network.getFlattenedGradients().dup().divi(BATCH);
    double[][] output = network.output(x, false).toDoubleMatrix();
    int correct = 0;
    for (int i = 0; i < BATCH; i++) {
      correct += StepOutcome.argmax(output[i]) == labels[i] ? 1 : 0;
    }
    EngramListener listener = listener();
    network.setListeners(listener);

    network.fit(new DataSet(x, y));
    listener.close();

    StepCompleted step = all(StepCompleted.class).get(0);
    assertThat(step.examples()).isEqualTo(BATCH);
    assertThat(step.correct()).isEqualTo(correct);
    assertThat(step.lossSum()).isCloseTo(score * BATCH, within(1e-3));
    assertThat(step.learningRate()).isEqualTo(0.05);
    GradientNormsMeasured norms = all(GradientNormsMeasured.class).get(0);
    assertThat(length(norms.gradient())).isCloseTo(norm(gradient), within(1e-5));
    assertThat(length(norms.parameters())).isCloseTo(norm(before), within(1e-3));
    assertThat(length(norms.update())).isCloseTo(norm(network.params().sub(before)), within(1e-5));
  }

  /** More labels than may wait for a collector, of which there is none. */
  @Test
  void whatDoesNotFitIsDroppedAndCountedAndTrainingGoesOn() {
    Vertx alone = Vertx.vertx();
    int many = 6_000_000;
    EngramListener listener =
        EngramListener.of("alone")
            .vertx(alone)
            .lookEvery(1_000)
            .monitor(ExampleRole.TRAINING, Nd4j.zeros(many, 1), new int[many])
            .build();
    MultiLayerNetwork network = (MultiLayerNetwork) network("tiny");
    network.setListeners(listener);
    INDArray before = network.params().dup();

    network.fit(new DataSet(Nd4j.rand(2, 4), Nd4j.create(new float[][] {{1, 0}, {0, 1}})));

    assertThat(listener.dropped()).containsEntry("queue_full", 1L);
    assertThat(network.params()).isNotEqualTo(before);
    alone.close().await();
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatThrownBy(() -> EngramListener.of("A_b")).hasMessageContaining("DNS label");
    assertThatThrownBy(
            () -> EngramListener.of("a").monitor(ExampleRole.TRAINING, features, new int[] {1, 2}))
        .hasMessage(
            "TRAINING examples: 200 rows of features, 2 labels and 2 true labels must be as many");
    assertThatThrownBy(
            () ->
                EngramListener.of("a")
                    .monitor(ExampleRole.TRAINING, features, labels)
                    .monitor(ExampleRole.TRAINING, features, labels))
        .hasMessage("TRAINING examples are given twice");
    assertThatThrownBy(() -> EngramListener.of("a").lookEvery(0))
        .hasMessage("lookEvery must be at least 1, was 0");
  }

  private EngramListener listener() {
    return EngramListener.of("mine")
        .vertx(vertx)
        .dataset("synthetic", EXAMPLES, EPOCHS)
        .lookEvery(5)
        .monitor(ExampleRole.TRAINING, features.get(rows(0, 100)), Arrays.copyOf(labels, 100))
        .monitor(
            ExampleRole.HOLDOUT, features.get(rows(100, 200)), Arrays.copyOfRange(labels, 100, 200))
        .validation(features.get(rows(100, 200)), Arrays.copyOfRange(labels, 100, 200))
        .build();
  }

  private float[] train(Model network, EngramListener listener) {
    Nd4j.getRandom().setSeed(3);
    DataSetIterator data =
        new ListDataSetIterator<>(new DataSet(features, oneHot(0, EXAMPLES)).asList(), BATCH);
    if (network instanceof MultiLayerNetwork mln) {
      if (listener != null) {
        mln.setListeners(listener);
      }
      mln.fit(data, EPOCHS);
    } else if (network instanceof ComputationGraph graph) {
      if (listener != null) {
        graph.setListeners(listener);
      }
      graph.fit(data, EPOCHS);
    }
    return network.params().toFloatVector();
  }

  private static Model network(String kind) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(11)
            .updater(new Nesterovs(0.05, 0.9))
            .l2(kind.equals("plain") ? 0 : 1e-4);
    DenseLayer.Builder hidden = new DenseLayer.Builder().nOut(32).activation(Activation.RELU);
    OutputLayer.Builder output =
        new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
            .nOut(kind.equals("tiny") ? 2 : CLASSES)
            .activation(Activation.SOFTMAX);
    if (kind.equals("graph")) {
      ComputationGraph graph =
          new ComputationGraph(
              builder
                  .graphBuilder()
                  .addInputs("in")
                  .addLayer("first", hidden.nIn(784).dropOut(0.8).build(), "in")
                  .addLayer("second", new DenseLayer.Builder().nIn(32).nOut(16).build(), "first")
                  .addLayer("out", output.nIn(16).build(), "second")
                  .setOutputs("out")
                  .build());
      graph.init();
      return graph;
    }
    NeuralNetConfiguration.ListBuilder list = builder.list();
    switch (kind) {
      case "cnn" ->
          list.layer(new ConvolutionLayer.Builder(5, 5).nOut(4).stride(3, 3).build())
              .layer(hidden.dropOut(0.8).build())
              .layer(output.build())
              .setInputType(InputType.convolutionalFlat(28, 28, 1));
      case "tiny" -> list.layer(output.nIn(4).build());
      default ->
          list.layer(hidden.nIn(784).dropOut(kind.equals("plain") ? 1 : 0.8).build())
              .layer(new DenseLayer.Builder().nIn(32).nOut(16).build())
              .layer(output.nIn(16).build());
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  private <T extends TrainingEvent> List<T> all(Class<T> kind) {
    return heard.stream()
        .map(EventEnvelope::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private INDArray oneHot(int from, int to) {
    INDArray y = Nd4j.zeros(to - from, CLASSES);
    for (int i = from; i < to; i++) {
      y.putScalar(i - from, labels[i], 1);
    }
    return y;
  }

  private static float[] said(Model network, INDArray x) {
    INDArray said =
        network instanceof MultiLayerNetwork mln
            ? mln.output(x.dup(), false)
            : ((ComputationGraph) network).output(false, x.dup())[0];
    return said.dup('c').data().asFloat();
  }

  private static INDArrayIndex rows(int from, int to) {
    return NDArrayIndex.interval(from, to);
  }

  private static double norm(INDArray array) {
    return array.norm2Number().doubleValue();
  }

  private static double length(double[] norms) {
    double squares = 0;
    for (double norm : norms) {
      squares += norm * norm;
    }
    return Math.sqrt(squares);
  }
}
