package io.engram.trainer.experiment;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.training.Batch;
import io.engram.trainer.training.TrainingStep;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that is trained on some rows of a set of examples, an epoch at a time, one thread,
 * nothing measured. Initial weights and the order of the examples are fixed by the seed.
 */
public final class Trainee implements AutoCloseable {
  private static final int AT_ONCE = 1_000;

  private final ExampleSet examples;
  private final int[] labels;
  private final int[] order;
  private final int batch;
  private final Random random;
  private final MultiLayerNetwork network;
  private final TrainingStep step;

  /**
   * On the given labels.
   *
   * @param rows to train on
   */
  public Trainee(
      String network,
      OptimizerSpec optimizer,
      ExampleSet examples,
      int[] rows,
      int batch,
      int epochs,
      long seed) {
    this(
        network,
        optimizer,
        examples,
        IntStream.range(0, examples.size()).map(examples::givenLabel).toArray(),
        rows,
        batch,
        epochs,
        seed);
  }

  /**
   * On other labels.
   *
   * @param labels of all rows
   * @param rows to train on
   */
  public Trainee(
      String network,
      OptimizerSpec optimizer,
      ExampleSet examples,
      int[] labels,
      int[] rows,
      int batch,
      int epochs,
      long seed) {
    NativeRuntime.setThreads(1);
    this.examples = examples;
    this.labels = labels.clone();
    this.batch = batch;
    order = rows.clone();
    random = new Random(seed);
    this.network =
        Networks.build(
            NetworkSpec.of(network),
            optimizer,
            RegularizationSpec.NONE,
            examples.shape(),
            examples.classes(),
            (rows.length + batch - 1) / batch,
            epochs,
            random.nextLong());
    step = new TrainingStep(this.network, examples.shape(), examples.classes());
  }

  /** Trains on every row once, in a new order. */
  public void epoch() {
    shuffle(order, random);
    for (int from = 0; from < order.length; from += batch) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
      step.runUnmeasured(new Batch(inputs(examples, rows), labels(rows)), random.nextLong());
    }
  }

  /** Every order equally likely (Fisher and Yates). */
  public static void shuffle(int[] values, Random random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** Probability of each class, a row each of these rows, in evaluation mode. */
  public float[][] probabilities(int[] rows) {
    return probabilities(examples, rows);
  }

  private float[][] probabilities(ExampleSet examples, int[] rows) {
    float[][] all = new float[rows.length][];
    for (int from = 0; from < rows.length; from += AT_ONCE) {
      int[] some = Arrays.copyOfRange(rows, from, Math.min(from + AT_ONCE, rows.length));
      long[] shape = Networks.inputShape(network, examples.shape(), some.length);
      try (INDArray inputs = Nd4j.create(inputs(examples, some), shape, 'c');
          INDArray output = network.output(inputs, false);
          INDArray byRow = output.dup('c')) {
        float[] values = byRow.data().asFloat();
        int classes = examples.classes();
        for (int i = 0; i < some.length; i++) {
          all[from + i] = Arrays.copyOfRange(values, i * classes, (i + 1) * classes);
        }
      } finally {
        network.clear();
      }
    }
    return all;
  }

  /** The most probable class of each of these rows, the lowest among equals. */
  public int[] predicted(int[] rows) {
    return Arrays.stream(probabilities(rows)).mapToInt(Trainee::largest).toArray();
  }

  private static int largest(float[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      if (probabilities[k] > probabilities[best]) {
        best = k;
      }
    }
    return best;
  }

  /** Which of these examples, which need not be those trained on, are given their label. */
  public BitSet right(ExampleSet others) {
    float[][] found = probabilities(others, IntStream.range(0, others.size()).toArray());
    BitSet right = new BitSet(found.length);
    for (int row = 0; row < found.length; row++) {
      right.set(row, largest(found[row]) == others.givenLabel(row));
    }
    return right;
  }

  /** Of the network. */
  public MultiLayerConfiguration configuration() {
    return network.getLayerWiseConfigurations();
  }

  /** All parameters now, in the network's order. */
  public float[] parameters() {
    return network.params().toFloatVector();
  }

  private static float[] inputs(ExampleSet examples, int[] rows) {
    int size = examples.shape().size();
    float[] inputs = new float[rows.length * size];
    for (int i = 0; i < rows.length; i++) {
      examples.copyInput(rows[i], inputs, i * size);
    }
    return inputs;
  }

  private int[] labels(int[] rows) {
    return Arrays.stream(rows).map(row -> labels[row]).toArray();
  }

  @Override
  public void close() {
    step.close();
    network.close();
  }
}
