package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LastHiddenLayerTest {
  private static final ImageShape SHAPE = new ImageShape(28, 28, 1);
  private static final int ROWS = 130;

  @ParameterizedTest
  @ValueSource(strings = {"mlp-a", "mlp-d", "cnn-f"})
  void featuresAreTheLastHiddenLayersWithoutDropout(String name) {
    MultiLayerNetwork network = network(name, 1);
    LastHiddenLayer layer = new LastHiddenLayer(network(name, 2).getLayerWiseConfigurations());
    layer.use(network.params().dup().data().asFloat());
    float[] inputs = inputs();
    Features features =
        layer.of(
            SHAPE, ROWS, (row, into, at) -> System.arraycopy(inputs, row * 784, into, at, 784));
    INDArray all = Nd4j.create(inputs, Networks.inputShape(network, SHAPE, ROWS), 'c');
    List<INDArray> activations = network.feedForward(all, false);
    INDArray expected = activations.get(activations.size() - 2);
    assertThat(features.rows()).isEqualTo(ROWS);
    assertThat(features.columns()).isEqualTo(16);
    for (int row = 0; row < ROWS; row++) {
      for (int unit = 0; unit < 16; unit++) {
        assertThat(features.at(row, unit))
            .isNotNegative()
            .isCloseTo(expected.getFloat(row, unit), within(1e-5f));
      }
    }
  }

  @Test
  void saysWhatIsWrong() {
    LastHiddenLayer layer = new LastHiddenLayer(network("mlp-a", 1).getLayerWiseConfigurations());
    assertThatThrownBy(() -> layer.use(new float[3]))
        .isInstanceOf(SValidationException.class)
        .hasMessageContaining("the snapshot has 3 parameters, must be the network's ");
    float[] diverged = network("mlp-a", 1).params().dup().data().asFloat();
    java.util.Arrays.fill(diverged, Float.NaN);
    layer.use(diverged);
    assertThatThrownBy(() -> layer.of(SHAPE, 3, (row, into, at) -> {}))
        .hasMessageContaining("is NaN, must be finite");
  }

  @Test
  void pixelsAreTheInputs() {
    float[] inputs = inputs();
    Features pixels =
        LastHiddenLayer.pixels(
            SHAPE, ROWS, (row, into, at) -> System.arraycopy(inputs, row * 784, into, at, 784));
    assertThat(pixels.columns()).isEqualTo(784);
    assertThat(pixels.values()).isEqualTo(inputs);
  }

  private static float[] inputs() {
    Random random = new Random(1);
    float[] inputs = new float[ROWS * 784];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    return inputs;
  }

  private static MultiLayerNetwork network(String name, long seed) {
    return Networks.build(
        NetworkSpec.of(name),
        OptimizerSpec.sgd(0.01),
        RegularizationSpec.NONE,
        SHAPE,
        2,
        1,
        1,
        seed);
  }
}
