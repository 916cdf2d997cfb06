package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.ProbeFailed;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.probe.ProbedRun.Emitted;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class SpectrumProbeTest {
  private static ProbedRun run(String network, String more) {
    return ProbedRun.of(
        """
        data: {name: glyphs, training: 60, validation: 10, pool: 2}
        noise: {labels: {share: 0.4}}
        network: %s
        training: {epochs: 2, batch: 20}
        probes: {spectrum: {every: 1 epoch, examples: 20}}
        """
                .formatted(network)
            + more);
  }

  /** Against gradients that DeepLearning4J computes one by one, and Jacobi's method. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:196-24-12-10", "mlp:196-10", "mlp-d", "cnn-f"})
  void isTheSpectrumOfTheGradientsThemselves(String network) {
    ProbedRun run = run(network, "canaries: {count: 10, ghosts: 0}");
    List<Emitted<GradientSpectrumMeasured>> found = run.of(GradientSpectrumMeasured.class);

    assertThat(found).extracting(Emitted::epoch).containsExactly(0, 1, 2);
    int[] rows = run.data.training().draw(20, 1);
    for (Emitted<GradientSpectrumMeasured> one : found) {
      double[] expected = Jacobi.eigenvalues(covariances(run.networkAt(one.step()), run, rows));
      assertThat(one.event().examples()).isEqualTo(20);
      assertThat(one.event().eigenvalues()).hasSize(20);
      for (int i = 0; i < 20; i++) {
        assertThat(one.event().eigenvalues()[i])
            .isGreaterThanOrEqualTo(0)
            .isCloseTo(expected[i], within(2e-5 * expected[0]));
      }
    }
    assertThat(found.get(2).event().eigenvalues()).isNotEqualTo(found.get(0).event().eigenvalues());
  }

  private static double[][] covariances(MultiLayerNetwork network, ProbedRun run, int[] rows) {
    ExampleSet training = run.data.training();
    double[][] gradients = new double[rows.length][];
    for (Layer layer : network.getLayers()) {
      layer.conf().getLayer().setIDropout(null);
    }
    String weights = network.getnLayers() - 1 + "_W";
    for (int i = 0; i < rows.length; i++) {
      INDArray input = ProbedRun.input(network, training, rows[i]);
      INDArray label = Nd4j.zeros(1, training.classes());
      label.putScalar(0, training.givenLabel(rows[i]), 1);
      Gradient gradient = network.calculateGradients(input, label, null, null).getFirst();
      gradients[i] = gradient.getGradientFor(weights).dup('c').data().asDouble();
    }
    int size = gradients[0].length;
    double[] mean = new double[size];
    for (double[] gradient : gradients) {
      for (int j = 0; j < size; j++) {
        mean[j] += gradient[j] / rows.length;
      }
    }
    double[][] products = new double[rows.length][rows.length];
    for (int a = 0; a < rows.length; a++) {
      for (int b = 0; b < rows.length; b++) {
        for (int j = 0; j < size; j++) {
          products[a][b] += (gradients[a][j] - mean[j]) * (gradients[b][j] - mean[j]) / rows.length;
        }
      }
    }
    return products;
  }

  @Test
  void aDivergedNetworkCostsTheMeasurementAndNotTheRun() {
    ProbedRun run = run("mlp:196-16-10", "optimizer: {learning_rate: 1e30}");

    assertThat(run.of(GradientSpectrumMeasured.class))
        .extracting(Emitted::epoch)
        .containsExactly(0);
    assertThat(run.of(ProbeFailed.class))
        .extracting(Emitted::event)
        .containsOnly(
            new ProbeFailed(
                "spectrum", "the last layer's gradients are not finite: the network has diverged"))
        .hasSize(2);
  }

  @Test
  void takesAllThereAreWhereThereAreFewer() {
    ProbedRun run =
        ProbedRun.of(
            """
            data: {name: glyphs, training: 3, validation: 10, pool: 2}
            network: mlp:196-16-10
            training: {epochs: 1, batch: 3}
            probes: {spectrum: {every: 1 epoch, examples: 20}}
            """);
    GradientSpectrumMeasured event = run.of(GradientSpectrumMeasured.class).get(0).event();
    assertThat(event.examples()).isEqualTo(3);
    // Three centred vectors lie in a plane.
    assertThat(event.eigenvalues()[2]).isCloseTo(0, within(1e-6 * event.eigenvalues()[0]));
    assertThat(Arrays.stream(event.eigenvalues()).sum()).isPositive();
  }
}
