package io.engram.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuantilesTest {
  @Test
  void areLinearBetweenValues() {
    assertThat(Quantiles.of(new double[] {1, 2, 4}, 0.5)).isEqualTo(2);
    assertThat(Quantiles.of(new double[] {1, 2, 4}, 0.75)).isEqualTo(3);
    assertThat(Quantiles.of(new double[] {7}, 0.9)).isEqualTo(7);
    assertThat(Quantiles.of(new double[] {1, 2, 4}, 1)).isEqualTo(4);
  }
}
