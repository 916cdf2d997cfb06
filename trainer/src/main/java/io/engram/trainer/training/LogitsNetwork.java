package io.engram.trainer.training;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Says what a network makes of examples in evaluation mode, dropout and noise off: a twin of it
 * that shares its parameters and has the logits as outputs.
 *
 * <p>Not safe for threads.
 */
public final class LogitsNetwork implements AutoCloseable {
  private static final int BATCH_VALUES = 1_000 * 28 * 28;

  private final MultiLayerNetwork network;
  private final InputArrays arrays;
  private final Outputs outputs;
  private final int batch;

  /**
   * @param configuration of the network, unwatched
   * @param parameters those that are asked, now and after every change
   * @param shape of the inputs
   */
  public LogitsNetwork(
      MultiLayerConfiguration configuration, INDArray parameters, ImageShape shape) {
    MultiLayerConfiguration twin = configuration.clone();
    int last = twin.getConfs().size() - 1;
    ((BaseOutputLayer) twin.getConf(last).getLayer()).setActivationFn(new ActivationIdentity());
    network = new MultiLayerNetwork(twin);
    network.init(parameters, false);
    arrays = new InputArrays(n -> Networks.inputShape(network, shape, n));
    int classes = (int) ((BaseOutputLayer) twin.getConf(last).getLayer()).getNOut();
    outputs = new Outputs(classes, Networks.hasSigmoidOutputs(network));
    batch = Math.max(1, BATCH_VALUES / shape.size());
  }

  /** What its logits say. */
  public Outputs outputs() {
    return outputs;
  }

  /** Takes the logits of one example after the other. */
  public interface Row {
    /**
     * @param index which of the examples that were asked for
     * @param logits of several examples, row by row
     * @param at whose turn it is among them
     */
    void see(int index, float[] logits, int at);
  }

  /** All examples of a set. */
  public void forEach(ExampleSet examples, Row consumer) {
    forEach(examples, examples.size(), IntUnaryOperator.identity(), consumer);
  }

  /** Some examples of a set, in the order given. */
  public void forEach(ExampleSet examples, int[] rows, Row consumer) {
    forEach(examples, rows.length, i -> rows[i], consumer);
  }

  private void forEach(ExampleSet examples, int number, IntUnaryOperator rows, Row consumer) {
    inBatches(
        examples,
        number,
        rows,
        batch,
        (inputs, from, count) -> show(inputs, from, count, consumer));
  }

  /** Examples whose inputs stay in memory, for one look after the other. */
  public static final class Held implements AutoCloseable {
    private final List<INDArray> batches = new ArrayList<>();

    @Override
    public void close() {
      batches.forEach(INDArray::close);
    }
  }

  /** Copies inputs of some examples of a set, in the order given: four bytes a value. */
  public Held hold(ExampleSet examples, int[] rows) {
    Held held = new Held();
    inBatches(
        examples,
        rows.length,
        i -> rows[i],
        batch,
        (inputs, from, count) -> held.batches.add(inputs.dup()));
    return held;
  }

  /** The examples that are held, in their order. */
  public void forEach(Held held, Row consumer) {
    int from = 0;
    for (INDArray inputs : held.batches) {
      int count = (int) inputs.size(0);
      show(inputs, from, count, consumer);
      from += count;
    }
  }

  private void show(INDArray inputs, int from, int count, Row consumer) {
    float[] logits = logits(inputs);
    for (int i = 0; i < count; i++) {
      consumer.see(from + i, logits, i);
    }
  }

  /** Takes what goes into the last layer and what comes out, one example after the other. */
  public interface LastLayer {
    /**
     * @param index which of the examples that were asked for
     * @param inputs of several examples, row by row
     * @param logits of the same examples, row by row
     * @param at whose turn it is among them
     */
    void see(int index, float[] inputs, float[] logits, int at);
  }

  /**
   * Some examples of a set, in the order given. All layers' activations are held, of few at once.
   */
  public void forEach(ExampleSet examples, int[] rows, LastLayer consumer) {
    inBatches(
        examples,
        rows.length,
        i -> rows[i],
        Math.max(1, batch / 16),
        (inputs, from, count) -> {
          List<INDArray> activations = network.feedForward(inputs, false);
          float[] into = byRow(activations.get(activations.size() - 2));
          float[] logits = byRow(activations.get(activations.size() - 1));
          activations.stream().skip(1).filter(INDArray::closeable).forEach(INDArray::close);
          network.clear();
          for (int i = 0; i < count; i++) {
            consumer.see(from + i, into, logits, i);
          }
        });
  }

  private interface Pass {
    void forward(INDArray inputs, int from, int count);
  }

  private void inBatches(
      ExampleSet examples, int number, IntUnaryOperator rows, int most, Pass pass) {
    int size = examples.shape().size();
    for (int from = 0; from < number; from += most) {
      int count = Math.min(most, number - from);
      float[] inputs = new float[count * size];
      for (int i = 0; i < count; i++) {
        examples.copyInput(rows.applyAsInt(from + i), inputs, i * size);
      }
      pass.forward(arrays.fill(count, inputs), from, count);
    }
  }

  private float[] logits(INDArray inputs) {
    try (INDArray output = network.output(inputs, false)) {
      return byRow(output);
    } finally {
      network.clear();
    }
  }

  private static float[] byRow(INDArray array) {
    try (INDArray byRow = array.dup('c')) {
      return byRow.data().asFloat();
    }
  }

  @Override
  public void close() {
    arrays.close();
  }
}
