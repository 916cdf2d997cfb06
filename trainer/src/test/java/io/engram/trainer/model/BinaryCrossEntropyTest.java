package io.engram.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class BinaryCrossEntropyTest {
  private static final double[][] LOGITS = {{0.3, -2, 5}, {-40, 40, 0}};
  private static final double[][] LABELS = {{1, 0, 0}, {1, 0, 0}};

  private final BinaryCrossEntropy loss = new BinaryCrossEntropy();
  private final ActivationSigmoid sigmoid = new ActivationSigmoid();

  @BeforeAll
  static void start() {
    NativeRuntime.start();
  }

  @Test
  void averagesOverTheOutputs() {
    INDArray scores =
        loss.computeScoreArray(Nd4j.create(LABELS), Nd4j.create(LOGITS), sigmoid, null);
    assertThat(scores.getDouble(0)).isCloseTo(expected(LOGITS[0], LABELS[0]), within(1e-5));
    assertThat(scores.getDouble(1)).isCloseTo((40 + 40 + Math.log(2)) / 3, within(1e-4));
    double average =
        loss.computeScore(Nd4j.create(LABELS), Nd4j.create(LOGITS), sigmoid, null, true);
    assertThat(average).isCloseTo((scores.getDouble(0) + scores.getDouble(1)) / 2, within(1e-5));
  }

  @Test
  void gradientIsThatOfTheLoss() {
    INDArray gradient =
        loss.computeGradient(Nd4j.create(LABELS), Nd4j.create(LOGITS), sigmoid, null);
    double step = 1e-5;
    for (int k = 0; k < 3; k++) {
      double[] above = LOGITS[0].clone();
      double[] below = LOGITS[0].clone();
      above[k] += step;
      below[k] -= step;
      double slope = (expected(above, LABELS[0]) - expected(below, LABELS[0])) / (2 * step);
      assertThat(gradient.getDouble(0, k)).isCloseTo(slope, within(1e-5));
    }
    assertThat(gradient.getDouble(1, 0)).isCloseTo(-1.0 / 3, within(1e-6));
    assertThat(gradient.getDouble(1, 1)).isCloseTo(1.0 / 3, within(1e-6));
  }

  @Test
  void takesNoMask() {
    INDArray labels = Nd4j.create(LABELS);
    assertThatThrownBy(() -> loss.computeGradient(labels, labels, sigmoid, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binary cross-entropy takes no mask");
  }

  private static double expected(double[] logits, double[] labels) {
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      double probability = 1 / (1 + Math.exp(-logits[k]));
      sum -= labels[k] * Math.log(probability) + (1 - labels[k]) * Math.log(1 - probability);
    }
    return sum / logits.length;
  }
}
