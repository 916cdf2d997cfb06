package io.engram.trainer.probe.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LangevinSearchTest {
  private static final ImageShape SHAPE = new ImageShape(6, 6, 1);
  private static final double[] RADII = {0.02, 0.1, 0.3};
  private static final int SET = 2;

  @BeforeAll
  static void oneThread() {
    NativeRuntime.setThreads(1);
  }

  /** More examples than fit a batch, so that searches end and begin in the midst of others. */
  @Test
  void findsWhatTheNaiveSearchFindsAndAtTheSameIteration() {
    SmallNetwork network = SmallNetwork.of("mlp:36-20-10-3", SHAPE, 3);
    int[] ids = IntStream.range(0, 300).map(i -> 7 * i + 1).toArray();
    float[] inputs = network.inputs(ids.length, 1);
    NaiveSearch naive = new NaiveSearch(network.network(), new NoiseTable(9, SHAPE.size()));
    int[][] expected = new int[RADII.length][ids.length];
    Set<Integer> iterations = new HashSet<>();
    for (int r = 0; r < RADII.length; r++) {
      for (int i = 0; i < ids.length; i++) {
        expected[r][i] = naive.foundAt(SET, ids[i], origin(inputs, i), RADII[r], 10);
        iterations.add(expected[r][i]);
      }
    }
    assertThat(iterations).as("a problem in which finds differ").hasSizeGreaterThan(6);
    assertThat(search(network, ids, inputs, RADII, 10)).isDeepEqualTo(expected);
  }

  /** Found or not: every search ends once, where the naive one does. */
  @Test
  void tellsTheLastInputOfASearchThatFindsNothing() {
    SmallNetwork network = SmallNetwork.of("mlp:36-20-10-3", SHAPE, 3);
    int[] ids = IntStream.range(0, 300).toArray();
    float[] inputs = network.inputs(ids.length, 4);
    NaiveSearch naive = new NaiveSearch(network.network(), new NoiseTable(9, SHAPE.size()));
    float[][][] ends = new float[RADII.length][ids.length][];
    AtomicInteger missed = new AtomicInteger();
    CriticalSamples.Finder finder =
        new CriticalSamples.Finder() {
          private void end(int example, int radius, float[] at, int offset) {
            assertThat(ends[radius][example]).isNull();
            ends[radius][example] = Arrays.copyOfRange(at, offset, offset + SHAPE.size());
          }

          @Override
          public void found(int example, int radius, int iteration, float[] at, int offset) {
            end(example, radius, at, offset);
          }

          @Override
          public void missed(int example, int radius, float[] at, int offset) {
            missed.incrementAndGet();
            end(example, radius, at, offset);
          }
        };
    try (LangevinSearch search = langevin(network)) {
      search.search(SET, ids, inputs, RADII, 4, finder);
    }
    assertThat(missed.get()).isBetween(1, RADII.length * ids.length - 1);
    for (int r = 0; r < RADII.length; r++) {
      for (int i = 0; i < ids.length; i++) {
        double[] expected = naive.search(SET, ids[i], origin(inputs, i), RADII[r], 4).x();
        for (int j = 0; j < expected.length; j++) {
          assertThat((double) ends[r][i][j]).isCloseTo(expected[j], within(1e-5));
        }
      }
    }
  }

  /** Checked by DeepLearning4J's own forward pass. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:36-20-10-3", "mlp-b", "cnn-c", "arpit-cnn"})
  void whatIsFoundLiesInTheBoxAndIsClassifiedOtherwise(String name) {
    ImageShape shape = name.startsWith("mlp:") ? SHAPE : new ImageShape(10, 10, 1);
    SmallNetwork network = SmallNetwork.of(name, name.equals("arpit-cnn") ? 4 : null, shape, 3);
    int[] ids = IntStream.range(0, 60).toArray();
    float[] inputs = network.inputs(ids.length, 1);
    float[] logits = network.logits(inputs);
    Ascent ascent = new Ascent(3, false);
    AtomicInteger found = new AtomicInteger();
    Set<String> once = new HashSet<>();
    try (LangevinSearch search = langevin(network)) {
      search.search(
          SET,
          ids,
          inputs,
          RADII,
          10,
          (i, r, iteration, at, offset) -> {
            found.incrementAndGet();
            assertThat(once.add(i + " " + r)).isTrue();
            assertThat(iteration).isBetween(1, 10);
            float[] sample = Arrays.copyOfRange(at, offset, offset + shape.size());
            for (int j = 0; j < sample.length; j++) {
              float origin = inputs[i * shape.size() + j];
              assertThat(Math.abs(sample[j] - (double) origin)).isLessThan(RADII[r] + 1e-6);
            }
            assertThat(ascent.predicted(network.logits(sample), 0))
                .isNotEqualTo(ascent.predicted(logits, i));
          });
    }
    assertThat(found.get()).isPositive();
  }

  /** A search with more iterations takes the same steps, and more. */
  @Test
  void moreIterationsFindTheSameAndMore() {
    SmallNetwork network = SmallNetwork.of("mlp:36-20-10-3", SHAPE, 3);
    int[] ids = IntStream.range(0, 120).toArray();
    float[] inputs = network.inputs(ids.length, 2);
    int[][] most = search(network, ids, inputs, RADII, 12);
    for (int iterations : new int[] {1, 2, 5, 11}) {
      int[][] fewer = search(network, ids, inputs, RADII, iterations);
      for (int r = 0; r < RADII.length; r++) {
        int[] expected = Arrays.stream(most[r]).map(at -> at > iterations ? 0 : at).toArray();
        assertThat(fewer[r]).isEqualTo(expected);
      }
    }
  }

  @Test
  void anExampleIsSearchedAroundAlikeInAnyCompany() {
    SmallNetwork network = SmallNetwork.of("mlp:36-20-10-3", SHAPE, 3);
    int[] ids = IntStream.range(0, 90).toArray();
    float[] inputs = network.inputs(ids.length, 3);
    int[][] all = search(network, ids, inputs, RADII, 10);
    int[] some = Arrays.copyOfRange(ids, 40, 55);
    float[] theirs = Arrays.copyOfRange(inputs, 40 * SHAPE.size(), 55 * SHAPE.size());
    int[][] alone = search(network, some, theirs, new double[] {RADII[1]}, 10);
    assertThat(alone[0]).isEqualTo(Arrays.copyOfRange(all[1], 40, 55));
  }

  @Test
  void refusesOutputsThatAreNotFinite() {
    SmallNetwork network = SmallNetwork.of("mlp:36-20-10-3", SHAPE, 3);
    float[] parameters = network.parameters();
    parameters[parameters.length - 1] = Float.NaN;
    try (LangevinSearch search = langevin(network)) {
      search.load(parameters);
      float[] inputs = network.inputs(1, 1);
      assertThatThrownBy(
              () -> search.search(SET, new int[] {0}, inputs, RADII, 3, (i, r, t, at, o) -> {}))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("an output of the network is not finite");
    }
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    SmallNetwork network = SmallNetwork.of("mlp:36-20-10-3", SHAPE, 3);
    try (LangevinSearch search = langevin(network)) {
      Thread.currentThread().interrupt();
      float[] inputs = network.inputs(1, 1);
      assertThatThrownBy(
              () -> search.search(SET, new int[] {0}, inputs, RADII, 3, (i, r, t, at, o) -> {}))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static double[] origin(float[] inputs, int example) {
    return IntStream.range(0, SHAPE.size())
        .mapToDouble(j -> inputs[example * SHAPE.size() + j])
        .toArray();
  }

  private static LangevinSearch langevin(SmallNetwork network) {
    return new LangevinSearch(
        network.gradients(),
        new Ascent(network.classes(), false),
        new NoiseTable(9, network.shape().size()),
        network.shape().size());
  }

  private static int[][] search(
      SmallNetwork network, int[] ids, float[] inputs, double[] radii, int iterations) {
    int[][] foundAt = new int[radii.length][ids.length];
    try (LangevinSearch search = langevin(network)) {
      search.search(
          SET, ids, inputs, radii, iterations, (i, r, t, at, offset) -> foundAt[r][i] = t);
    }
    return foundAt;
  }
}
