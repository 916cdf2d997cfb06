package io.engram.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.OptimizerSpec.Schedule;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class NetworksTest {
  private static final ImageShape GREY = new ImageShape(28, 28, 1);
  private static final ImageShape COLOUR = new ImageShape(32, 32, 3);

  /** Counted by hand: weights and biases, layer by layer. */
  @ParameterizedTest
  @CsvSource({
    "mlp-16x16, 10, 13002",
    "mlp-a, 2, 205106",
    "mlp-b, 2, 243186",
    "mlp-d, 2, 205106",
    "mlp-e, 2, 243186",
    "cnn-c, 2, 166322",
    "cnn-f, 2, 166322",
    "mlp:784-10, 10, 7850",
    "mlp:784-256-16-2, 2, 205106",
  })
  void sizes(String name, int classes, long parameters) {
    MultiLayerNetwork network = build(name, GREY, classes, RegularizationSpec.NONE);
    assertThat(network.numParams()).isEqualTo(parameters);
    assertThat(network.params().dataType()).isEqualTo(DataType.FLOAT);
    try (INDArray input = Nd4j.zeros(DataType.FLOAT, Networks.inputShape(network, GREY, 3));
        INDArray output = network.output(input)) {
      assertThat(output.shape()).containsExactly(3, classes);
    }
  }

  /** 32 to 28 by the crop, then halved twice, rounded up. */
  @Test
  void arpitsNetworkHasItsWidth() {
    MultiLayerNetwork network =
        build(new NetworkSpec("arpit-cnn", 4), COLOUR, 10, RegularizationSpec.NONE);
    long convolutions = (3 * 25 * 4 + 4) + (4 * 25 * 4 + 4);
    long dense = (4 * 7 * 7 * 384 + 384) + (384 * 192 + 192) + (192 * 10 + 10);
    long normalizations = 4 * (4 + 4 + 384 + 192);
    assertThat(network.numParams()).isEqualTo(convolutions + dense + normalizations);
    assertThat(network.getLayer(0).getParam("W").size(0)).isEqualTo(4);
  }

  @Test
  void croppedPixelsDoNotMatter() {
    MultiLayerNetwork network =
        build(new NetworkSpec("arpit-cnn", 2), COLOUR, 10, RegularizationSpec.NONE);
    INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32);
    INDArray output = network.output(input);
    input.putScalar(new int[] {0, 0, 1, 16}, 100).putScalar(new int[] {1, 2, 16, 30}, 100);
    assertThat(network.output(input)).isEqualTo(output);
    input.putScalar(new int[] {0, 0, 2, 16}, 100);
    assertThat(network.output(input)).isNotEqualTo(output);
  }

  @Test
  void heNormalForSoftmaxNetworks() {
    MultiLayerNetwork network = build("mlp:784-256-16-10", GREY, 10, RegularizationSpec.NONE);
    double[] weights = network.getLayer(0).getParam("W").dup().data().asDouble();
    assertThat(Arrays.stream(weights).average().orElseThrow()).isCloseTo(0, within(5e-4));
    assertThat(Math.sqrt(Arrays.stream(weights).map(w -> w * w).average().orElseThrow()))
        .isCloseTo(Math.sqrt(2.0 / 784), within(2e-4));
    assertThat(network.getLayer(0).getParam("b").sumNumber().doubleValue()).isZero();
  }

  @Test
  void glorotUniformForSigmoidNetworks() {
    MultiLayerNetwork network = build("cnn-c", GREY, 2, RegularizationSpec.NONE);
    double[] weights = network.getLayer(1).getParam("W").dup().data().asDouble();
    double bound = Math.sqrt(6.0 / (32 * 9 + 64 * 9));
    assertThat(Arrays.stream(weights).max().orElseThrow())
        .isCloseTo(bound, within(bound / 100))
        .isLessThanOrEqualTo(bound);
    assertThat(Arrays.stream(weights).min().orElseThrow()).isCloseTo(-bound, within(bound / 100));
  }

  @Test
  void seedFixesTheWeights() {
    INDArray first = build("mlp-a", GREY, 2, RegularizationSpec.NONE).params();
    assertThat(build("mlp-a", GREY, 2, RegularizationSpec.NONE).params()).isEqualTo(first);
    assertThat(
            Networks.build(
                    NetworkSpec.of("mlp-a"),
                    OptimizerSpec.sgd(0.1),
                    RegularizationSpec.NONE,
                    GREY,
                    2,
                    10,
                    3,
                    8)
                .params())
        .isNotEqualTo(first);
  }

  @Test
  void dropoutStandsBehindEachHiddenDenseLayer() {
    assertThat(disturbances("mlp-e", RegularizationSpec.NONE))
        .containsExactly(null, keep(0.75), keep(0.5), keep(0.5), keep(0.5));
    assertThat(disturbances("cnn-f", RegularizationSpec.NONE))
        .containsExactly(null, null, null, keep(0.75), keep(0.5));
    assertThat(disturbances("mlp-a", new RegularizationSpec(0, 0, 0.4, 0.1, 0, 0)))
        .containsExactly(keep(0.9), keep(0.6), keep(0.6));
    assertThat(disturbances("mlp-a", new RegularizationSpec(0, 0, 0, 0, 2, 0.1)))
        .containsExactly(new GaussianNoise(2), new GaussianNoise(0.1), new GaussianNoise(0.1));
  }

  private static Dropout keep(double probability) {
    return new Dropout(probability);
  }

  private static IDropout[] disturbances(String name, RegularizationSpec regularization) {
    return Arrays.stream(build(name, GREY, 2, regularization).getLayers())
        .map(layer -> layer.conf().getLayer().getIDropout())
        .toArray(IDropout[]::new);
  }

  @Test
  void schedulesFollowTheSteps() {
    assertRates(new Schedule(Schedule.Kind.CONSTANT, 0.5, 1), 0.8, 0.8, 0.8, 0.8);
    assertRates(new Schedule(Schedule.Kind.STEP, 0.5, 2), 0.8, 0.8, 0.4, 0.2);
    assertRates(new Schedule(Schedule.Kind.EXPONENTIAL, 0.25, 1), 0.8, 0.4, 0.05, 0.003125);
    assertRates(new Schedule(Schedule.Kind.COSINE, 0.5, 1), 0.8, 0.8 * 0.853553, 0.4, 0);
  }

  /** Rates at steps 0, 5, 20 and 40 of 4 epochs of 10 steps; for step schedules 0, 19, 20, 40. */
  private static void assertRates(Schedule schedule, double... expected) {
    OptimizerSpec optimizer = new OptimizerSpec(OptimizerSpec.Name.ADAM, 0.8, 0, schedule);
    int[] steps = {0, 5, 20, 40};
    if (schedule.kind() == Schedule.Kind.STEP) {
      steps[1] = 19;
    } else if (schedule.kind() == Schedule.Kind.COSINE) {
      steps[1] = 10;
    }
    for (int i = 0; i < steps.length; i++) {
      assertThat(Updaters.of(optimizer, 10, 4).getLearningRate(steps[i], 0))
          .as("%s at step %d", schedule, steps[i])
          .isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void savedConfigurationCanBeRead() {
    MultiLayerConfiguration configuration =
        Networks.build(
                NetworkSpec.of("cnn-f"),
                new OptimizerSpec(
                    OptimizerSpec.Name.ADAM, 0.1, 0, new Schedule(Schedule.Kind.COSINE, 1, 1)),
                new RegularizationSpec(0.1, 0.2, 0, 0, 0, 0),
                GREY,
                2,
                10,
                3,
                1)
            .getLayerWiseConfigurations();
    assertThat(MultiLayerConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
    MultiLayerConfiguration cropped =
        build(new NetworkSpec("arpit-cnn", 2), COLOUR, 10, RegularizationSpec.NONE)
            .getLayerWiseConfigurations();
    assertThat(MultiLayerConfiguration.fromJson(cropped.toJson())).isEqualTo(cropped);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resnet|network.name: there is no network 'resnet', must be one of mlp-4096, mlp-16x16,"
            + " mlp-a, mlp-b, mlp-d, mlp-e, cnn-c, cnn-f, arpit-cnn, mlp:INPUTS-…-CLASSES",
        "mlp:784-x-2|network.name: 'mlp:784-x-2' is not a list of layer sizes, must be like"
            + " mlp:784-256-16-2",
        "mlp:784|network.name: 'mlp:784' is not a list of layer sizes, must be like"
            + " mlp:784-256-16-2",
        "mlp:196-2|network.name: 'mlp:196-2' takes 196 inputs, must start with the data's 784 (28 x"
            + " 28 x 1)",
        "mlp:784-16-10|network.name: 'mlp:784-16-10' has 10 outputs, must end with the data's 2"
            + " classes",
      })
  void whatIsWrongWithAName(String name, String message) {
    assertThatThrownBy(() -> build(name, GREY, 2, RegularizationSpec.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }

  @Test
  void whatIsWrongWithOtherSettings() {
    assertThatThrownBy(() -> build(new NetworkSpec("mlp-a", 7), GREY, 2, RegularizationSpec.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("network.width: network mlp-a has no width; only arpit-cnn has one");
    assertThatThrownBy(() -> build("mlp-d", GREY, 2, new RegularizationSpec(0, 0, 0, 0, 0, 0.1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "regularization.hidden_noise: cannot be combined with network mlp-d, which has dropout"
                + " of its own");
    assertThatThrownBy(() -> build("cnn-c", new ImageShape(5, 5, 1), 2, RegularizationSpec.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "network.name: cnn-c needs images of at least 6 x 6 pixels, the data's are 5 x 5");
  }

  private static MultiLayerNetwork build(
      String name, ImageShape shape, int classes, RegularizationSpec regularization) {
    return build(NetworkSpec.of(name), shape, classes, regularization);
  }

  private static MultiLayerNetwork build(
      NetworkSpec network, ImageShape shape, int classes, RegularizationSpec regularization) {
    return Networks.build(
        network, OptimizerSpec.sgd(0.1), regularization, shape, classes, 10, 3, 7);
  }
}
