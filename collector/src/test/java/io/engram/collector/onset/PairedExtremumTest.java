package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.LookView;
import io.engram.events.ExampleRole;
import io.engram.events.RunStarted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedExtremumTest {
  private static boolean[] first(int yes, int of) {
    boolean[] answers = new boolean[of];
    Arrays.fill(answers, 0, yes, true);
    return answers;
  }

  /** Five more and none fewer: 1/32 for five fair coins, against half of the level at look 2. */
  @Test
  void comparesWithTheFewestSoFar() {
    PairedExtremum paired = new PairedExtremum(0.1);
    paired.onLook(10, first(20, 100));
    assertThat(paired.isComparable()).isFalse();
    assertThat(paired.isRaised()).isFalse();
    paired.onLook(20, first(25, 100));
    assertThat(Math.pow(10, -paired.evidence())).isCloseTo(1 / 32.0, within(1e-12));
    assertThat(Math.pow(10, -paired.threshold())).isCloseTo(0.05, within(1e-12));
    assertThat(paired.isRaised()).isTrue();
    assertThat(paired.gain()).isEqualTo(5);
    paired.onLook(30, first(18, 100));
    assertThat(paired.isRaised()).isFalse();
    assertThat(paired.referenceStep()).isEqualTo(30);
    paired.onLook(40, first(28, 100));
    assertThat(Math.pow(10, -paired.evidence())).isCloseTo(1 / 1024.0, within(1e-12));
    assertThat(Math.pow(10, -paired.threshold())).isCloseTo(0.1 / 12 / 3, within(1e-12));
    assertThat(paired.isRaised()).isTrue();
    assertThat(IntStream.range(2, 2_000).mapToDouble(k -> 0.1 / k / (k - 1)).sum()).isLessThan(0.1);
  }

  @Test
  void otherExamplesBeginAnew() {
    PairedExtremum paired = new PairedExtremum(0.1);
    paired.onLook(10, first(0, 100));
    paired.onLook(20, first(90, 200));
    assertThat(paired.isRaised()).isFalse();
    assertThat(paired.gain()).isZero();
    assertThat(paired.referenceStep()).isEqualTo(20);
  }

  /** From look 20 on one more of 500 is predicted otherwise at every look. */
  @Test
  void theHoldoutFallIsDatedBackToTheBestLook() {
    List<LookView> looks = new ArrayList<>();
    for (int k = 1; k <= 60; k++) {
      int wrong = 100 + Math.max(0, k - 20);
      looks.add(Looks.regular(k, Looks.predictedOtherwise(ExampleRole.HOLDOUT, 500, wrong)));
    }
    HoldoutFall detector = new HoldoutFall(RunStarted.Onset.DEFAULT);
    int raised = Looks.firstRaised(detector, looks);
    int exact = 2;
    while (Math.pow(0.5, Math.max(0, exact - 20)) > 0.01 / (exact - 1.0) / exact / (exact - 1.0)) {
      exact++;
    }
    assertThat(raised).isEqualTo(exact);
    Reading reading =
        Looks.readings(new HoldoutFall(RunStarted.Onset.DEFAULT), looks).get(raised - 1);
    assertThat(reading.estimatedStep()).isZero();
    assertThat(Looks.firstRaised(new HoldoutFall(RunStarted.Onset.DEFAULT), looks.subList(0, 20)))
        .isZero();
    assertThat(
            Looks.readings(new HoldoutFall(RunStarted.Onset.DEFAULT), List.of(Looks.regular(1)))
                .get(0)
                .level())
        .isEqualTo(OnsetLevel.UNKNOWN);
  }

  /** Three standard errors under the best from look 20 on, less a half each: five at the second. */
  @Test
  void theCumulativeSumAddsUp() {
    List<LookView> looks = new ArrayList<>();
    for (int k = 1; k <= 40; k++) {
      int wrong = k < 20 ? 100 : 127;
      looks.add(Looks.regular(k, Looks.predictedOtherwise(ExampleRole.HOLDOUT, 500, wrong)));
    }
    assertThat(Looks.firstRaised(new HoldoutCusum(), looks)).isEqualTo(21);
    Reading raised = Looks.readings(new HoldoutCusum(), looks).get(20);
    assertThat(raised.evidence())
        .isCloseTo(2 * (27 / 500.0 / Math.sqrt(0.2 * 0.8 / 500) - 0.5), within(1e-9));
    assertThat(raised.estimatedStep()).as("look 19").isEqualTo(450);
  }
}
