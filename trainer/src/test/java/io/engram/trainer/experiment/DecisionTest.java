package io.engram.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DecisionTest {
  private static Verdict verdict(double[]... numbers) {
    Decision decision = new Decision("A0", "it is above 0");
    for (double[] number : numbers) {
      decision.positive("number", number);
    }
    return decision.claim().verdict();
  }

  @Test
  void anIntervalIsStudentsOverSeeds() {
    Estimate estimate = Estimate.of(1, 2, 3);

    assertThat(estimate.value()).isEqualTo(2);
    assertThat(estimate.high() - 2).isCloseTo(4.302653 / Math.sqrt(3), within(1e-5));
    assertThat(Estimate.of(1).low()).isNaN();
    assertThat(Estimate.of(1, Double.NaN).value()).isNaN();
  }

  @Test
  void everyNumberHasToLieAboveZeroWithItsInterval() {
    double[] above = {1, 1.1, 0.9};
    double[] around = {-1, 1, 0.5};
    double[] below = {-1, -1.1, -0.9};
    double[] none = {0, 0, 0};

    assertThat(verdict(above, above)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(above, around)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(above, below)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(none)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(new double[] {1})).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(above, new double[] {1, Double.NaN, 1})).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict()).isEqualTo(Verdict.NOT_TESTED);
  }
}
