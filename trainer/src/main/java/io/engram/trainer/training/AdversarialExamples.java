package io.engram.trainer.training;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.critical.CriticalSamples;
import io.engram.trainer.probe.critical.CriticalSamples.Finder;
import io.engram.trainer.spec.AdversarialSpec;
import io.engram.trainer.spec.RunSpec;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * What is put beside the examples of a batch in adversarial training (Arpit et al. 2017, §5): an
 * input near each of them that the network, as it is before the update, predicts otherwise.
 *
 * <p>Found by the search for critical samples, dropout and noise off, batch normalization by its
 * running statistics; a function of the parameters, the batch and the seed alone. Where the search
 * finds nothing its last input serves, and where the network's outputs are not finite, so that it
 * predicts nothing, the example itself.
 *
 * <p>Cost: for each example at most {@code 2 · iterations + 1} forward or backward passes.
 */
public final class AdversarialExamples implements AutoCloseable {
  private final CriticalSamples samples;
  private final double[] radii;
  private final int iterations;
  private final double weight;

  /**
   * @param configuration of the network, cloned
   * @param shape of its inputs
   * @param standardDeviation that pixels in 0 to 1 were divided by before they became inputs
   * @param seed of the noise that searches draw from
   * @throws IllegalArgumentException if it has a layer that cannot be searched through
   */
  AdversarialExamples(
      AdversarialSpec spec,
      MultiLayerConfiguration configuration,
      ImageShape shape,
      double standardDeviation,
      long seed) {
    samples = new CriticalSamples(configuration, shape, standardDeviation, seed);
    radii = new double[] {spec.radius()};
    iterations = spec.iterations();
    weight = spec.weight();
  }

  /**
   * Those of a run; null where it asks for none.
   *
   * @param configuration of its network, unwatched
   */
  public static @Nullable AdversarialExamples of(
      RunSpec spec, RunData data, MultiLayerConfiguration configuration) {
    AdversarialSpec asked = spec.regularization().adversarial();
    if (!asked.isOn()) {
      return null;
    }
    return new AdversarialExamples(
        asked,
        configuration,
        data.training().shape(),
        data.standardization().standardDeviation(),
        Seeds.mix(spec.training().seed(), Seeds.ADVERSARIAL, 0));
  }

  /** Share of these examples in the loss. */
  double weight() {
    return weight;
  }

  /**
   * The batch with every input moved, under the labels that it has.
   *
   * @param seed of the noise of these searches
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  Batch around(Batch batch, MultiLayerNetwork network, long seed) {
    int size = batch.inputs().length / batch.size();
    float[] moved = batch.inputs().clone();
    Finder taken =
        new Finder() {
          @Override
          public void found(int example, int radius, int iteration, float[] inputs, int offset) {
            System.arraycopy(inputs, offset, moved, example * size, size);
          }

          @Override
          public void missed(int example, int radius, float[] inputs, int offset) {
            System.arraycopy(inputs, offset, moved, example * size, size);
          }
        };
    samples.load(network.params().toFloatVector());
    int[] ids = IntStream.range(0, batch.size()).toArray();
    try {
      samples.search(Long.hashCode(seed), ids, batch.inputs(), radii, iterations, taken);
    } catch (ArithmeticException e) {
      return batch;
    }
    return new Batch(moved, batch.labels());
  }

  @Override
  public void close() {
    samples.close();
  }
}
