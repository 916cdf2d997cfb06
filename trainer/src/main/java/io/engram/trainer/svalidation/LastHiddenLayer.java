package io.engram.trainer.svalidation;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Takes features from a network: what goes into its last layer, that is the activations of the last
 * hidden one, after its ReLU, dropout and noise off (Chaibub Neto 2018, §4.iii). Not thread-safe;
 * {@link NativeRuntime#setThreads} is the caller's to call.
 */
public final class LastHiddenLayer {
  private static final int BATCH_VALUES = 100 * 28 * 28;

  private final MultiLayerNetwork network;
  private final int parameters;

  /** Writes what the network sees of an example. */
  @FunctionalInterface
  public interface Source {
    /** Writes the input of a row, channel-major, from {@code offset} on. */
    void copyInput(int row, float[] into, int offset);
  }

  /**
   * @param configuration of the network; it is cloned
   */
  public LastHiddenLayer(MultiLayerConfiguration configuration) {
    NativeRuntime.start();
    network = new MultiLayerNetwork(configuration.clone());
    network.init();
    parameters = Math.toIntExact(network.numParams());
    if (network.getnLayers() < 2) {
      throw new SValidationException("the network has one layer, must have a hidden one");
    }
  }

  /** Uses these parameters from now on; all of them, in the network's order. */
  public void use(float[] snapshot) {
    if (snapshot.length != parameters) {
      throw new SValidationException(
          "the snapshot has %d parameters, must be the network's %d"
              .formatted(snapshot.length, parameters));
    }
    try (INDArray given = Nd4j.createFromArray(snapshot)) {
      network.params().assign(given.reshape(network.params().shape()));
    }
  }

  /** Features of training or validation examples. */
  public Features of(ExampleSet examples) {
    return of(examples.shape(), examples.size(), examples::copyInput);
  }

  /** Features of perturbed examples. */
  public Features of(SValidationSet set) {
    return of(set.shape(), set.size(), set::copyInput);
  }

  /**
   * Features of any inputs.
   *
   * @throws SValidationException if one is not finite, as after a diverged update
   */
  public Features of(ImageShape shape, int rows, Source source) {
    int batch = Math.max(1, BATCH_VALUES / shape.size());
    float[] values = new float[0];
    int columns = 0;
    for (int from = 0; from < rows; from += batch) {
      int count = Math.min(batch, rows - from);
      float[] inputs = new float[count * shape.size()];
      for (int i = 0; i < count; i++) {
        source.copyInput(from + i, inputs, i * shape.size());
      }
      float[] found = activations(inputs, shape, count);
      columns = found.length / count;
      if (from == 0) {
        values = new float[Math.multiplyExact(rows, columns)];
      }
      System.arraycopy(found, 0, values, from * columns, found.length);
    }
    return new Features(rows, columns, values);
  }

  /** The inputs themselves as features: the control that no network takes part in. */
  public static Features pixels(ImageShape shape, int rows, Source source) {
    float[] values = new float[Math.multiplyExact(rows, shape.size())];
    for (int row = 0; row < rows; row++) {
      source.copyInput(row, values, row * shape.size());
    }
    return new Features(rows, shape.size(), values);
  }

  private float[] activations(float[] inputs, ImageShape shape, int count) {
    long[] form = Networks.inputShape(network, shape, count);
    try (INDArray given = Nd4j.create(inputs, form, 'c')) {
      List<INDArray> all = network.feedForwardToLayer(network.getnLayers() - 2, given, false);
      float[] last = byRow(all.get(all.size() - 1));
      all.stream().skip(1).filter(INDArray::closeable).forEach(INDArray::close);
      return last;
    } finally {
      network.clear();
    }
  }

  private static float[] byRow(INDArray array) {
    try (INDArray copy = array.dup('c')) {
      return Arrays.copyOf(copy.data().asFloat(), Math.toIntExact(copy.length()));
    }
  }
}
