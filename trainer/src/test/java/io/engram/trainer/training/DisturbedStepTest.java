package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

/** By-products while dropout and noise are at work. */
final class DisturbedStepTest {
  private static final ImageShape SMALL = new ImageShape(10, 10, 1);

  private static final Problems DROPOUT =
      Problems.of("mlp:100-24-16-5", SMALL, 5).with(new RegularizationSpec(0, 0, 0.5, 0.3, 0, 0));

  /** With one example its gradient is the gradient, whatever was dropped. */
  @Test
  void normOfTheOnlyExampleIsThatOfTheGradient() {
    for (Problems problem :
        new Problems[] {
          DROPOUT, DROPOUT.with(new RegularizationSpec(0, 0, 0, 0, 0.5, 0.5)),
        }) {
      MultiLayerNetwork network = problem.build();
      try (TrainingStep step = problem.step(network)) {
        for (int s = 0; s < 5; s++) {
          StepMeasurement measured = step.run(problem.batch(1, s), s);
          double total = 0;
          for (int l = 0; l < step.layers().size(); l++) {
            double norm = measured.norms().gradient()[l];
            total += norm * norm;
            assertThat((double) measured.layerGradientNorms()[l])
                .isCloseTo(norm, within(1e-4 * (1e-3 + norm)));
          }
          assertThat((double) measured.gradientNorm()[0])
              .isCloseTo(Math.sqrt(total), within(1e-4 * (1e-3 + Math.sqrt(total))));
        }
      }
    }
  }

  /** A seed fixes what is dropped, whatever was drawn before. */
  @Test
  void seedFixesDropout() {
    float[][] losses = new float[3][];
    long[] seeds = {7, 7, 8};
    for (int run = 0; run < 3; run++) {
      try (TrainingStep step = DROPOUT.step(DROPOUT.build())) {
        losses[run] = step.run(DROPOUT.batch(6, 1), seeds[run]).loss();
      }
    }
    assertThat(losses[1]).containsExactly(losses[0]);
    assertThat(Arrays.equals(losses[2], losses[0])).isFalse();
  }

  /** A diverged network says so and goes on. */
  @Test
  void divergenceIsNumbers() {
    Problems problem = Problems.of("mlp:100-24-16-5", SMALL, 5);
    MultiLayerNetwork network = problem.build();
    try (TrainingStep step = problem.step(network)) {
      network.params().muli(1e30);
      step.run(problem.batch(6, 1), 1);
      StepMeasurement measured = step.run(problem.batch(6, 1), 2);
      assertThat(measured.lossSum()).isNaN();
      assertThat(measured.norms().parameters()).contains(Double.NaN);
    }
  }

  @Test
  void batchNormalizationNamesWhatIsNotAvailable() {
    Problems problem = Problems.of("arpit-cnn", new ImageShape(14, 14, 3), 4).withWidth(3);
    try (TrainingStep step = problem.step(problem.build())) {
      StepMeasurement measured = step.run(problem.batch(6, 1), 1);
      assertThat(measured.inputGradientL1()).isEmpty();
      assertThat(measured.inputGradientL2()).isEmpty();
      assertThat(measured.gradientNorm()).isEmpty();
      TrainedLayers layers = step.layers();
      assertThat(layers.names())
          .containsExactly(
              "conv1", "norm1", "conv2", "norm2", "dense1", "norm3", "dense2", "norm4", "output");
      for (int l = 0; l < layers.size(); l++) {
        boolean output = l == layers.size() - 1;
        assertThat(Float.isNaN(measured.layerGradientNorms()[l * 6])).isEqualTo(!output);
      }
      assertThat(layers.unavailable())
          .anyMatch(line -> line.startsWith("input gradients of single examples: batch norm"))
          .anyMatch(line -> line.startsWith("gradient norms of single examples in conv1"))
          .noneMatch(line -> line.contains("in output"));
    }
  }
}
