package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step measures of each example, against loops and differences in double precision. */
final class FiniteDifferencesTest {
  private static final ImageShape TINY = new ImageShape(2, 3, 1);
  private static final double RELATIVE = 1e-3;

  @ParameterizedTest
  @ValueSource(strings = {"mlp:6-5-4-3", "mlp-a"})
  void everyExampleAgrees(String network) {
    boolean sigmoid = network.equals("mlp-a");
    Problems problem = Problems.of(network, TINY, 3);
    MultiLayerNetwork built = problem.build();
    NaivePerceptron naive = new NaivePerceptron(built, sigmoid);
    Batch batch = problem.batch(3, 5);
    try (TrainingStep step = problem.step(built)) {
      StepMeasurement measured = step.run(batch, 1);
      int layers = step.layers().size();
      for (int i = 0; i < batch.size(); i++) {
        double[] input = new double[TINY.size()];
        for (int j = 0; j < input.length; j++) {
          input[j] = batch.inputs()[i * input.length + j];
        }
        int label = batch.labels()[i];
        assertClose(measured.loss()[i], naive.loss(input, label));
        double[] logits = naive.logits(input);
        double given = logits[label];
        logits[label] = Double.NEGATIVE_INFINITY;
        assertClose(measured.margin()[i], given - Arrays.stream(logits).max().orElseThrow());
        double[] byInput = naive.inputGradient(input, label);
        assertClose(measured.inputGradientL1()[i], Arrays.stream(byInput).map(Math::abs).sum());
        assertClose(
            measured.inputGradientL2()[i], Math.sqrt(Arrays.stream(byInput).map(g -> g * g).sum()));
        double squares = 0;
        for (int l = 0; l < layers; l++) {
          double norm = naive.parameterGradientNorm(l, input, label);
          assertClose(measured.layerGradientNorms()[l * batch.size() + i], norm);
          squares += norm * norm;
        }
        assertClose(measured.gradientNorm()[i], Math.sqrt(squares));
      }
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(RELATIVE * (1e-2 + Math.abs(expected))));
  }
}
