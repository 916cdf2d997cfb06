package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** Training with all measurements on changes no bit of what is learned. */
final class SameAsFitTest {
  private static final int STEPS = 8;
  private static final ImageShape SMALL = new ImageShape(10, 10, 1);

  @BeforeAll
  static void oneThread() {
    NativeRuntime.setThreads(1);
  }

  static Stream<Problems> problems() {
    List<Problems> all = new ArrayList<>();
    Problems perceptron = Problems.of("mlp:100-24-16-5", SMALL, 5);
    Problems convolutional = Problems.of("cnn-c", SMALL, 3);
    for (OptimizerSpec.Name name : OptimizerSpec.Name.values()) {
      all.add(perceptron.with(name));
      all.add(convolutional.with(name));
    }
    for (RegularizationSpec regularization :
        List.of(
            new RegularizationSpec(0.01, 0, 0, 0, 0, 0),
            new RegularizationSpec(0, 0.01, 0, 0, 0, 0),
            new RegularizationSpec(0, 0, 0.5, 0.2, 0, 0),
            new RegularizationSpec(0, 0, 0, 0, 0.3, 0.1),
            new RegularizationSpec(0.01, 0, 0.3, 0, 0.2, 0))) {
      all.add(perceptron.with(regularization));
      all.add(convolutional.with(regularization).with(OptimizerSpec.Name.ADAM));
    }
    all.add(Problems.of("mlp-a", SMALL, 2));
    all.add(Problems.of("mlp-e", SMALL, 2).with(OptimizerSpec.Name.RMSPROP));
    all.add(Problems.of("cnn-f", SMALL, 2).with(OptimizerSpec.Name.MOMENTUM));
    all.add(Problems.of("mlp:100-5", SMALL, 5));
    all.add(Problems.of("mlp:100-7-3-11-2", SMALL, 2));
    all.add(
        Problems.of("arpit-cnn", new ImageShape(14, 14, 3), 4)
            .withWidth(3)
            .with(OptimizerSpec.Name.MOMENTUM));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("problems")
  void parametersAreThoseOfFit(Problems problem) {
    MultiLayerNetwork fitted = problem.build();
    MultiLayerNetwork measured = problem.build();
    try (TrainingStep step = problem.step(measured)) {
      for (int s = 0; s < STEPS; s++) {
        // The last batch of an epoch is smaller.
        Batch batch = problem.batch(s % 4 == 3 ? 5 : 16, s);
        Nd4j.getRandom().setSeed(100 + s);
        fitted.fit(problem.inputs(fitted, batch), problem.labels(batch));
        step.run(batch, 100 + s);
        assertThat(
                Arrays.mismatch(
                    measured.params().data().asFloat(), fitted.params().data().asFloat()))
            .as("first parameter that differs after step %d", s)
            .isEqualTo(-1);
      }
      assertThat(measured.getIterationCount()).isEqualTo(fitted.getIterationCount());
    }
  }
}
