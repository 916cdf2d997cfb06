package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.spec.AdversarialSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Training on critical samples beside the examples. */
final class AdversarialStepTest {
  private static final ImageShape TINY = new ImageShape(2, 3, 1);
  private static final double WEIGHT = 0.4;

  /** A box of half side 0.6 in the inputs of these problems. */
  private static final AdversarialSpec SPEC = new AdversarialSpec(WEIGHT, 0.6 / (0.3 / 255), 6);

  private static final double HALF_SIDE = 0.6;

  @TempDir Path directory;

  @BeforeAll
  static void oneThread() {
    NativeRuntime.setThreads(1);
  }

  private static AdversarialExamples examples(Problems problem, MultiLayerNetwork built) {
    return new AdversarialExamples(
        SPEC, built.getLayerWiseConfigurations().clone(), problem.shape(), 1, 7);
  }

  private static TrainingStep step(Problems problem, MultiLayerNetwork built) {
    return new TrainingStep(built, problem.shape(), problem.classes(), examples(problem, built));
  }

  @Test
  void examplesLieInTheBoxAndMostArePredictedOtherwise() {
    Problems problem = Problems.of("mlp:6-5-4-3", TINY, 3);
    MultiLayerNetwork built = problem.build();
    NaivePerceptron naive = new NaivePerceptron(built, false);
    Batch batch = problem.batch(40, 5);
    int changed = 0;
    try (AdversarialExamples adversarial = examples(problem, built)) {
      Batch moved = adversarial.around(batch, built, 3);
      assertThat(moved.labels()).isEqualTo(batch.labels());
      for (int i = 0; i < batch.inputs().length; i++) {
        assertThat((double) moved.inputs()[i])
            .isCloseTo(batch.inputs()[i], within(HALF_SIDE + 1e-5))
            .isNotEqualTo(batch.inputs()[i]);
      }
      for (int i = 0; i < batch.size(); i++) {
        changed +=
            largest(naive.logits(input(moved, i))) == largest(naive.logits(input(batch, i)))
                ? 0
                : 1;
      }
      assertThat(adversarial.around(batch, built, 3).inputs()).isEqualTo(moved.inputs());
      assertThat(adversarial.around(batch, built, 4).inputs()).isNotEqualTo(moved.inputs());
    }
    assertThat(changed).isBetween(10, 40);
  }

  private static double[] input(Batch batch, int example) {
    double[] input = new double[TINY.size()];
    for (int j = 0; j < input.length; j++) {
      input[j] = batch.inputs()[example * input.length + j];
    }
    return input;
  }

  private static int largest(double[] logits) {
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    return best;
  }

  /** Of the mean of (1 - w) · CE(x, y) + w · CE(x̂, y), x̂ held, by every parameter. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:6-5-4-3", "mlp-a"})
  void updateFollowsTheGradientOfTheMixedLoss(String network) {
    boolean sigmoid = network.equals("mlp-a");
    Problems problem = Problems.of(network, TINY, 3);
    MultiLayerNetwork built = problem.build();
    Batch batch = problem.batch(4, 5);
    Batch moved;
    try (AdversarialExamples adversarial = examples(problem, built)) {
      moved = adversarial.around(batch, built, 3);
    }
    INDArray parameters = built.params();
    // Some of each layer where there are many.
    int stride = sigmoid ? 97 : 1;
    List<Double> expected = new ArrayList<>();
    for (long p = 0; p < parameters.length(); p += stride) {
      float kept = parameters.getFloat(p);
      float above = kept + 1e-3f;
      float below = kept - 1e-3f;
      parameters.putScalar(p, above);
      double high = loss(new NaivePerceptron(built, sigmoid), batch, moved);
      parameters.putScalar(p, below);
      double low = loss(new NaivePerceptron(built, sigmoid), batch, moved);
      parameters.putScalar(p, kept);
      expected.add((high - low) / ((double) above - below));
    }
    float[] before = parameters.toFloatVector();
    double largest = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    try (TrainingStep step = step(problem, built)) {
      double rate = step.run(batch, 3).learningRate();
      float[] after = parameters.toFloatVector();
      for (int i = 0; i < expected.size(); i++) {
        assertThat((before[i * stride] - (double) after[i * stride]) / rate)
            .as("parameter %d", i * stride)
            .isCloseTo(expected.get(i), within(5e-3 * largest));
      }
    }
  }

  private static double loss(NaivePerceptron naive, Batch batch, Batch moved) {
    double loss = 0;
    for (int i = 0; i < batch.size(); i++) {
      int label = batch.labels()[i];
      loss += (1 - WEIGHT) * naive.loss(input(batch, i), label);
      loss += WEIGHT * naive.loss(input(moved, i), label);
    }
    return loss / batch.size();
  }

  /** With dropout, convolutions and batch normalization too. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:100-24-16-3", "mlp-d", "cnn-f", "arpit-cnn"})
  void whatIsMeasuredOfExamplesIsThatOfTheExamplesThemselves(String network) {
    Problems problem = Problems.of(network, new ImageShape(10, 10, 1), 3);
    problem = network.equals("arpit-cnn") ? problem.withWidth(3) : problem;
    MultiLayerNetwork plain = problem.build();
    MultiLayerNetwork mixed = problem.build();
    Batch batch = problem.batch(8, 2);
    try (TrainingStep one = problem.step(plain);
        TrainingStep other = step(problem, mixed)) {
      StepMeasurement expected = one.run(batch, 9);
      StepMeasurement measured = other.run(batch, 9);
      assertThat(measured.correct()).isEqualTo(expected.correct());
      assertThat(measured.lossSum()).isEqualTo(expected.lossSum());
      assertThat(measured.predicted()).isEqualTo(expected.predicted());
      assertThat(measured.loss()).isEqualTo(expected.loss());
      assertThat(measured.margin()).isEqualTo(expected.margin());
      assertThat(measured.inputGradientL1()).isEqualTo(expected.inputGradientL1());
      assertThat(measured.inputGradientL2()).isEqualTo(expected.inputGradientL2());
      assertThat(measured.gradientNorm()).isEqualTo(expected.gradientNorm());
      assertThat(measured.layerGradientNorms()).isEqualTo(expected.layerGradientNorms());
      assertThat(measured.norms().gradient()).isNotEqualTo(expected.norms().gradient());
      assertThat(mixed.params().toFloatVector()).isNotEqualTo(plain.params().toFloatVector());
      assertThat(mixed.params().toFloatVector()).doesNotContain(Float.NaN);
    }
  }

  /** It predicts nothing that could be searched around. */
  @Test
  void aDivergedNetworkGoesOn() {
    Problems problem = Problems.of("mlp:6-5-4-3", TINY, 3);
    MultiLayerNetwork built = problem.build();
    built.params().putScalar(built.numParams() - 1, Float.NaN);
    Batch batch = problem.batch(4, 5);
    try (AdversarialExamples adversarial = examples(problem, built)) {
      assertThat(adversarial.around(batch, built, 3)).isSameAs(batch);
    }
    try (TrainingStep step = step(problem, built)) {
      assertThat(step.run(batch, 3).lossSum()).isNaN();
    }
  }

  @Test
  void withoutWeightARunIsThePlainOne() {
    RunData data = Runs.data(0.4);
    Runs plain = Runs.spec("mlp:196-16-10").epochs(2);
    RunSpec spec = plain.regularization(new RegularizationSpec(0, 0, 0.3, 0, 0, 0)).build();
    List<TrainingEvent> expected = Recorder.run(spec, data);
    assertThat(Recorder.bits(Recorder.run(regularized(plain, 0), data)))
        .isEqualTo(Recorder.bits(expected));
    assertThat(Recorder.bits(Recorder.run(regularized(plain, 0.5), data)))
        .isNotEqualTo(Recorder.bits(expected));
  }

  private static RunSpec regularized(Runs runs, double weight) {
    return runs.regularization(
            new RegularizationSpec(0, 0, 0.3, 0, 0, 0, new AdversarialSpec(weight, 8, 3)))
        .build();
  }

  /** From within an epoch. */
  @Test
  void resumedRunIsTheSameRun() {
    RunData data = Runs.data(0.4);
    RunSpec spec = regularized(Runs.spec("mlp:196-16-10").adam(), 0.5);
    List<TrainingEvent> whole = Recorder.run(spec, data);
    Path file = directory.resolve("checkpoint");
    Recorder before = new Recorder();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, before)) {
      for (int i = 0; i < 6; i++) {
        loop.advance();
      }
      loop.saveCheckpoint(file);
    }
    Recorder after = new Recorder();
    try (TrainingLoop loop = TrainingLoop.resume(spec, data, after, file)) {
      while (loop.advance()) {}
    }
    List<TrainingEvent> joined = new ArrayList<>(before.events);
    joined.addAll(after.events);
    assertThat(Recorder.bits(joined)).isEqualTo(Recorder.bits(whole));
  }
}
