package io.engram.trainer.probe.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputGradientsTest {
  @BeforeAll
  static void oneThread() {
    NativeRuntime.setThreads(1);
  }

  @ParameterizedTest
  @CsvSource({
    "mlp:36-9-7-3, 6, 1, 3",
    "mlp-e, 5, 1, 4",
    "cnn-c, 9, 1, 2",
    "cnn-f, 8, 3, 3",
    "arpit-cnn, 11, 3, 4",
    "arpit-cnn, 14, 1, 2"
  })
  void agreesWithDeepLearning4JAndItsDifferences(String name, int edge, int channels, int classes) {
    ImageShape shape = new ImageShape(edge, edge, channels);
    Integer width = name.equals("arpit-cnn") ? 5 : null;
    SmallNetwork network = SmallNetwork.of(name, width, shape, classes);
    int examples = 21;
    int backward = 18;
    float[] inputs = network.inputs(examples, 3);
    float[] directions = new float[examples * classes];
    Random random = new Random(4);
    for (int i = 0; i < directions.length; i++) {
      directions[i] = (float) random.nextGaussian();
    }
    float[] logits = new float[examples * classes];
    float[] found = new float[examples * shape.size()];
    try (InputGradients gradients = network.gradients()) {
      // Twice: what the first pass leaves behind must not show in the second.
      gradients.compute(
          network.inputs(19, 9), 19, 19, (first, count, values, deltas) -> {}, found.clone());
      gradients.compute(
          inputs,
          examples,
          backward,
          (first, count, values, deltas) -> {
            System.arraycopy(values, 0, logits, first * classes, count * classes);
            System.arraycopy(directions, first * classes, deltas, 0, count * classes);
          },
          found);
    }
    float[] expected = network.logits(inputs);
    for (int i = 0; i < logits.length; i++) {
      assertThat(logits[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
    }
    SmallNetwork precise = network.inDoubles();
    double[] at = new double[inputs.length];
    Arrays.setAll(at, i -> inputs[i]);
    for (int check = 0; check < 40; check++) {
      int example = random.nextInt(backward);
      int input = example * shape.size() + random.nextInt(shape.size());
      double kept = at[input];
      at[input] = kept + 1e-6;
      double[] above = precise.logits(at);
      at[input] = kept - 1e-6;
      double[] below = precise.logits(at);
      at[input] = kept;
      double slope = 0;
      for (int k = 0; k < classes; k++) {
        int out = example * classes + k;
        slope += directions[out] * (above[out] - below[out]) / 2e-6;
      }
      assertThat((double) found[input]).isCloseTo(slope, within(1e-3 * (1 + Math.abs(slope))));
    }
  }
}
