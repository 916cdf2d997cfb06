package io.engram.trainer.probe.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AscentTest {
  /** Central differences of the loss, in doubles, up to one positive factor a row. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isTheGradientOfTheLossTimesAPositiveNumber(boolean sigmoid) {
    Random random = new Random(1);
    int classes = 4;
    for (int round = 0; round < 50; round++) {
      float[] logits = new float[2 * classes];
      for (int k = 0; k < logits.length; k++) {
        logits[k] = (float) (3 * random.nextGaussian());
      }
      int label = random.nextInt(classes);
      float[] deltas = new float[2 * classes];
      new Ascent(classes, sigmoid).direction(logits, 1, label, deltas);
      double factor = deltas[classes + label] / slope(logits, label, label, sigmoid);
      assertThat(factor).isPositive();
      for (int k = 0; k < classes; k++) {
        assertThat(deltas[classes + k] / factor)
            .isCloseTo(slope(logits, label, k, sigmoid), within(1e-5));
      }
    }
  }

  private static double slope(float[] logits, int label, int by, boolean sigmoid) {
    double[] above = new double[4];
    double[] below = new double[4];
    for (int k = 0; k < 4; k++) {
      above[k] = logits[4 + k] + (k == by ? 1e-6 : 0);
      below[k] = logits[4 + k] - (k == by ? 1e-6 : 0);
    }
    return (loss(above, label, sigmoid) - loss(below, label, sigmoid)) / 2e-6;
  }

  private static double loss(double[] logits, int label, boolean sigmoid) {
    double sum = 0;
    double binary = 0;
    for (int k = 0; k < logits.length; k++) {
      sum += Math.exp(logits[k]);
      binary += Math.log1p(Math.exp(k == label ? -logits[k] : logits[k]));
    }
    return sigmoid ? binary : Math.log(sum) - logits[label];
  }

  /** Where the probability of the class is 1 in floats, and the usual gradient 0. */
  @Test
  void isNotZeroWhereTheNetworkIsCertain() {
    float[] logits = {-900, 1_000, -800};
    float[] deltas = new float[3];
    new Ascent(3, false).direction(logits, 0, 1, deltas);
    assertThat(deltas).containsExactly(new float[] {0, -1, 1}, within(1e-30f));
    new Ascent(3, true).direction(logits, 0, 1, deltas);
    assertThat(deltas).containsExactly(new float[] {0, 0, 1}, within(1e-30f));
    logits[0] = -1_000;
    logits[2] = -1_000;
    new Ascent(3, true).direction(logits, 0, 1, deltas);
    assertThat(deltas).containsExactly(new float[] {1, -1, 1}, within(1e-6f));
  }
}
