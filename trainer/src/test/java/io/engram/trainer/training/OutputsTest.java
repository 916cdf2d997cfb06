package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class OutputsTest {
  private static final float[] LOGITS = {2, 5, 5, /**/ 1000, -1000, 0, /**/ Float.NaN, 1, 2};

  @Test
  void lowestIndexAmongEqualsIsPredicted() {
    Outputs outputs = new Outputs(3, false);
    assertThat(outputs.predicted(LOGITS, 0)).isEqualTo(1);
    assertThat(outputs.predicted(LOGITS, 1)).isEqualTo(0);
  }

  @Test
  void marginComparesWithTheLargestOther() {
    Outputs outputs = new Outputs(3, false);
    assertThat(outputs.margin(LOGITS, 0, 0)).isEqualTo(-3);
    assertThat(outputs.margin(LOGITS, 0, 1)).isEqualTo(0);
    assertThat(outputs.margin(LOGITS, 1, 0)).isEqualTo(1000);
    assertThat(outputs.margin(LOGITS, 2, 0)).isNaN();
    assertThat(outputs.margin(LOGITS, 2, 1)).isNaN();
  }

  @Test
  void softmaxLossesAreExactWhereProbabilitiesVanish() {
    Outputs outputs = new Outputs(3, false);
    double normalizer = Math.log(Math.exp(2) + 2 * Math.exp(5));
    assertThat(outputs.loss(LOGITS, 0, 0)).isCloseTo(normalizer - 2, within(1e-12));
    assertThat(outputs.loss(LOGITS, 1, 0)).isZero();
    assertThat(outputs.loss(LOGITS, 1, 1)).isEqualTo(2000);
    assertThat(outputs.loss(LOGITS, 2, 1)).isNaN();
  }

  @Test
  void sigmoidLossesAverageOverTheOutputs() {
    Outputs outputs = new Outputs(3, true);
    double sigmoid2 = 1 / (1 + Math.exp(-2));
    double sigmoid5 = 1 / (1 + Math.exp(-5));
    assertThat(outputs.loss(LOGITS, 0, 0))
        .isCloseTo(-(Math.log(sigmoid2) + 2 * Math.log(1 - sigmoid5)) / 3, within(1e-12));
    assertThat(outputs.loss(LOGITS, 1, 1)).isCloseTo((1000 + 1000 + Math.log(2)) / 3, within(1e-9));
  }

  @Test
  void probabilitiesAddUpToOneWithSigmoidsToo() {
    float[] softmax = new float[4];
    new Outputs(3, false).probabilities(LOGITS, 0, softmax, 1);
    double normalizer = Math.exp(2) + 2 * Math.exp(5);
    assertThat(softmax[0]).isZero();
    assertThat((double) softmax[1]).isCloseTo(Math.exp(2) / normalizer, within(1e-7));
    assertThat((double) softmax[3]).isCloseTo(Math.exp(5) / normalizer, within(1e-7));

    float[] sigmoids = new float[3];
    new Outputs(3, true).probabilities(LOGITS, 0, sigmoids, 0);
    double sigmoid2 = 1 / (1 + Math.exp(-2));
    double sigmoid5 = 1 / (1 + Math.exp(-5));
    double sum = sigmoid2 + 2 * sigmoid5;
    assertThat((double) sigmoids[0]).isCloseTo(sigmoid2 / sum, within(1e-7));
    assertThat((double) sigmoids[1]).isCloseTo(sigmoid5 / sum, within(1e-7));
    assertThat(new Outputs(3, true).logProbability(LOGITS, 0, 0))
        .isCloseTo(Math.log(sigmoid2 / sum), within(1e-12));
    assertThat(new Outputs(3, false).logProbability(LOGITS, 1, 1)).isEqualTo(-2000);
  }

  /** Against central differences of the loss. */
  @Test
  void gradientIsThatOfTheLoss() {
    for (boolean sigmoid : new boolean[] {false, true}) {
      Outputs outputs = new Outputs(3, sigmoid);
      double[] gradient = new double[4];
      outputs.gradient(LOGITS, 0, 2, gradient, 1);
      for (int k = 0; k < 3; k++) {
        float[] above = LOGITS.clone();
        float[] below = LOGITS.clone();
        above[k] += 0x1p-8f;
        below[k] -= 0x1p-8f;
        double slope = (outputs.loss(above, 0, 2) - outputs.loss(below, 0, 2)) / 0x1p-7;
        assertThat(gradient[k + 1]).isCloseTo(slope, within(1e-5));
      }
    }
  }
}
