package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a step measures, against one backward pass for every single example. */
final class ByProductsTest {
  private static final ImageShape SMALL = new ImageShape(10, 10, 1);
  private static final double RELATIVE = 1e-4;

  static Stream<Problems> problems() {
    return Stream.of(
        Problems.of("mlp:100-24-16-5", SMALL, 5),
        Problems.of("mlp:100-3", SMALL, 3),
        Problems.of("mlp-b", SMALL, 2),
        Problems.of("cnn-c", SMALL, 3));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void examplesAreAsIfAlone(Problems problem) {
    MultiLayerNetwork alone = problem.build();
    MultiLayerNetwork network = problem.build();
    try (TrainingStep step = problem.step(network)) {
      TrainedLayers layers = step.layers();
      Batch batch = problem.batch(9, 3);
      StepMeasurement measured = step.run(batch, 1);
      double lossSum = 0;
      int correct = 0;
      for (int i = 0; i < batch.size(); i++) {
        Batch one = problem.only(batch, i);
        INDArray inputs = problem.inputs(alone, one);
        INDArray labels = problem.labels(one);
        double loss = alone.score(new org.nd4j.linalg.dataset.DataSet(inputs, labels), true);
        assertThat((double) measured.loss()[i]).isCloseTo(loss, within(RELATIVE * (1 + loss)));
        lossSum += loss;
        int predicted = alone.output(inputs, false).argMax(1).getInt(0);
        assertThat(measured.predicted()[i]).isEqualTo(predicted);
        correct += predicted == one.labels()[0] ? 1 : 0;
        assertThat(measured.margin()[i] > 0).isEqualTo(predicted == one.labels()[0]);

        Pair<Gradient, INDArray> pair = alone.calculateGradients(inputs, labels, null, null);
        assertClose(measured.inputGradientL1()[i], pair.getSecond().norm1Number().doubleValue());
        assertClose(measured.inputGradientL2()[i], pair.getSecond().norm2Number().doubleValue());
        double[] norms = norms(alone.getGradientsViewArray(), layers);
        for (int l = 0; l < layers.size(); l++) {
          float norm = measured.layerGradientNorms()[l * batch.size() + i];
          if (layers.get(l).perExample()) {
            assertClose(norm, norms[l]);
          } else {
            assertThat(norm).isNaN();
          }
        }
        if (layers.totals()) {
          assertClose(measured.gradientNorm()[i], total(norms));
        } else {
          assertThat(measured.gradientNorm()).isEmpty();
        }
      }
      assertClose(measured.lossSum(), lossSum);
      assertThat(measured.correct()).isEqualTo(correct);
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  void layersAreThoseOfTheMeanLoss(Problems problem) {
    MultiLayerNetwork plain = problem.build();
    MultiLayerNetwork network = problem.build();
    try (TrainingStep step = problem.step(network)) {
      TrainedLayers layers = step.layers();
      Batch batch = problem.batch(9, 3);
      plain.calculateGradients(problem.inputs(plain, batch), problem.labels(batch), null, null);
      double[] gradient = norms(plain.getGradientsViewArray().div(batch.size()), layers);
      double[] parameters = norms(plain.params(), layers);
      StepMeasurement measured = step.run(batch, 1);
      double[] update = norms(plain.params().sub(network.params()), layers);
      for (int l = 0; l < layers.size(); l++) {
        assertClose(measured.norms().gradient()[l], gradient[l]);
        assertClose(measured.norms().parameters()[l], parameters[l]);
        assertClose(measured.norms().update()[l], update[l]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  void deviceMeterAgreesWithTheHosts(Problems problem) {
    MultiLayerNetwork one = problem.build();
    MultiLayerNetwork two = problem.build();
    try (TrainingStep host = new TrainingStep(one, problem.shape(), problem.classes(), null, true);
        TrainingStep device =
            new TrainingStep(two, problem.shape(), problem.classes(), null, false)) {
      for (int s = 0; s < 3; s++) {
        Batch batch = problem.batch(s == 2 ? 4 : 9, s);
        StepMeasurement a = host.run(batch, s);
        StepMeasurement b = device.run(batch, s);
        assertThat(b.predicted()).containsExactly(a.predicted());
        assertClose(b.loss(), a.loss());
        assertClose(b.margin(), a.margin());
        assertClose(b.inputGradientL1(), a.inputGradientL1());
        assertClose(b.inputGradientL2(), a.inputGradientL2());
        assertClose(b.gradientNorm(), a.gradientNorm());
        assertClose(b.layerGradientNorms(), a.layerGradientNorms());
        for (int l = 0; l < a.norms().gradient().length; l++) {
          assertClose(b.norms().gradient()[l], a.norms().gradient()[l]);
          assertClose(b.norms().update()[l], a.norms().update()[l]);
          assertClose(b.norms().parameters()[l], a.norms().parameters()[l]);
        }
      }
    }
  }

  private static double[] norms(INDArray flat, TrainedLayers layers) {
    double[] norms = new double[layers.size()];
    for (int l = 0; l < norms.length; l++) {
      TrainedLayer layer = layers.get(l);
      for (long j = layer.offset(); j < layer.end(); j++) {
        double value = flat.getDouble(j);
        norms[l] += value * value;
      }
      norms[l] = Math.sqrt(norms[l]);
    }
    return norms;
  }

  private static double total(double[] norms) {
    double sum = 0;
    for (double norm : norms) {
      sum += norm * norm;
    }
    return Math.sqrt(sum);
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Float.isNaN(expected[i])) {
        assertThat(actual[i]).isNaN();
      } else {
        assertClose(actual[i], expected[i]);
      }
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(RELATIVE * (1e-3 + Math.abs(expected))));
  }
}
