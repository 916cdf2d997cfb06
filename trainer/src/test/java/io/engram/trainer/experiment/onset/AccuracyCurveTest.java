package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AccuracyCurveTest {
  private static final long[] STEPS = {0, 20, 40, 60, 80};

  @Test
  void aFallIsHarmFromTheStepAtWhichHalfAPointIsLost() {
    AccuracyCurve curve = new AccuracyCurve(STEPS, new double[] {0.1, 0.8, 0.9, 0.88, 0.8});

    assertThat(curve.peak()).isEqualTo(0.9, within(1e-12));
    assertThat(curve.peakStep()).isEqualTo(40);
    assertThat(curve.end()).isEqualTo(0.8, within(1e-12));
    assertThat(curve.harmed()).isTrue();
    long first = 0;
    while (first <= 40 || curve.at(first) >= 0.895 - 1e-12) {
      first++;
    }
    assertThat(curve.harmStep()).isEqualTo(first).isEqualTo(46);
  }

  @Test
  void betweenEvaluationsItIsLinear() {
    AccuracyCurve curve = new AccuracyCurve(STEPS, new double[] {0.1, 0.8, 0.9, 0.88, 0.8});

    assertThat(curve.at(0)).isEqualTo(0.1, within(1e-12));
    assertThat(curve.at(10)).isEqualTo(0.45, within(1e-12));
    assertThat(curve.at(60)).isEqualTo(0.88, within(1e-12));
    assertThat(curve.at(75)).isEqualTo(0.82, within(1e-12));
    assertThat(curve.at(500)).isEqualTo(0.8, within(1e-12));
  }

  @Test
  void aFallOfLessThanAPointIsNoHarm() {
    AccuracyCurve curve = new AccuracyCurve(STEPS, new double[] {0.1, 0.8, 0.9, 0.9, 0.891});

    assertThat(curve.harmed()).isFalse();
    assertThat(curve.harmStep()).isEqualTo(-1);
    assertThat(curve.peakStep()).as("the last at the peak").isEqualTo(60);
  }

  @Test
  void swingsAreNotTakenForAFall() {
    double[] accuracy = new double[61];
    long[] steps = new long[61];
    for (int i = 0; i < 61; i++) {
      steps[i] = 20L * i;
      accuracy[i] = 0.9 + (i == 20 ? 0.009 : i % 2 == 0 ? 0.006 : -0.006);
    }

    assertThat(new AccuracyCurve(steps, accuracy).harmed()).isFalse();
    accuracy[60] = 0.8;
    assertThat(new AccuracyCurve(steps, accuracy).harmed())
        .as("the last value stands alone")
        .isTrue();
  }
}
