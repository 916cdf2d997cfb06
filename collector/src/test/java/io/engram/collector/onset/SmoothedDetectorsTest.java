package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.LookView;
import io.engram.events.ExampleRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Shares that change at a known look; 400 examples, so that one of the quarter is a point. */
class SmoothedDetectorsTest {
  private static final int SIZE = 400;
  private static final int LOOKS = 40;

  /** Burn-in ends at step 150, look 7; an epoch is the mean of four looks. */
  private static final int FIRST_AFTER_BURN_IN = 7;

  /** For the presence of noise it ends at step 100, look 5. */
  private static final int FIRST_AFTER_NOISE_BURN_IN = 5;

  private static List<LookView> training(IntUnaryOperator inQuarter) {
    List<LookView> looks = new ArrayList<>();
    for (int k = 1; k <= LOOKS; k++) {
      int count = inQuarter.applyAsInt(k);
      looks.add(Looks.regular(k, Looks.contradicted(ExampleRole.TRAINING, SIZE, count, 2 * count)));
    }
    return looks;
  }

  private static List<LookView> withHoldout(IntUnaryOperator training, IntUnaryOperator holdout) {
    List<LookView> looks = new ArrayList<>();
    for (int k = 1; k <= LOOKS; k++) {
      int count = training.applyAsInt(k);
      int other = holdout.applyAsInt(k);
      looks.add(
          Looks.regular(
              k,
              Looks.contradicted(ExampleRole.TRAINING, SIZE, count, 2 * count),
              Looks.contradicted(ExampleRole.HOLDOUT, SIZE, other, 2 * other)));
    }
    return looks;
  }

  @Test
  void noiseIsSeenAtTheSecondLookAfterTheBurnIn() {
    assertThat(Looks.firstRaised(new LabelNoise(), training(k -> 3)))
        .isEqualTo(FIRST_AFTER_NOISE_BURN_IN + 1);
    assertThat(Looks.firstRaised(new LabelNoise(), training(k -> 2))).isZero();
  }

  /** From look 20 on 2 of 100 are fewer; the mean of four looks is 1.5 under at look 22. */
  @Test
  void theFallIsSeenAtTheSecondLookAtWhichTheMeanIsLowEnough() {
    List<LookView> looks = training(k -> k < 20 ? 18 : 16);
    assertThat(Looks.firstRaised(new ContradictionFall(), looks)).isEqualTo(23);
    Reading raised = Looks.readings(new ContradictionFall(), looks).get(22);
    assertThat(raised.evidence()).isCloseTo(0.02, within(1e-12));
    assertThat(raised.estimatedStep()).as("look 19, the last one of the old mean").isEqualTo(450);
    assertThat(Looks.firstRaised(new ContradictionFall(), training(k -> k < 20 ? 18 : 17)))
        .isZero();
  }

  @Test
  void aFallWithinTheBurnInIsNotSeen() {
    assertThat(Looks.firstRaised(new ContradictionFall(), training(k -> k < 3 ? 60 : 10))).isZero();
  }

  @Test
  void oneLowLookIsNotEnough() {
    assertThat(Looks.firstRaised(new ContradictionFall(), training(k -> k == 20 ? 11 : 18)))
        .as("the mean is low for four looks, 1.75 points")
        .isEqualTo(21);
    List<LookView> sparse = new ArrayList<>();
    for (int k = 1; k <= LOOKS; k++) {
      int count = k == 20 ? 5 : 18;
      sparse.add(
          Looks.at(
              k, 100L * (k - 1), Looks.contradicted(ExampleRole.TRAINING, SIZE, count, 2 * count)));
    }
    assertThat(Looks.firstRaised(new ContradictionFall(), sparse))
        .as("with one look an epoch the mean is low but once")
        .isZero();
  }

  /** Training contradicts 20 of 100 and then 13, 1.75 points a look in the mean; hold-out 21. */
  @Test
  void theGapAndTheFallTogether() {
    List<LookView> looks = withHoldout(k -> k < 20 ? 20 : 13, k -> 21);
    assertThat(Looks.firstRaised(new HoldoutGap(), looks))
        .as("1, 2.75, 4.5 points: the second look over 4 is look 22")
        .isEqualTo(22);
    assertThat(Looks.firstRaised(FallWithGap.both(), looks)).as("over 3 points").isEqualTo(22);
    assertThat(Looks.firstRaised(FallWithGap.either(), looks))
        .as("the fall is 1.75 points at look 20")
        .isEqualTo(21);
    IntUnaryOperator both = k -> k < 20 ? 20 : 13;
    List<LookView> fallOnly = withHoldout(both, both);
    assertThat(Looks.firstRaised(FallWithGap.both(), fallOnly)).isZero();
    assertThat(Looks.firstRaised(FallWithGap.either(), fallOnly)).isEqualTo(21);
    List<LookView> gapOnly = withHoldout(k -> 13, k -> k < 20 ? 13 : 20);
    assertThat(Looks.firstRaised(FallWithGap.both(), gapOnly)).isZero();
    assertThat(Looks.firstRaised(FallWithGap.either(), gapOnly))
        .as("1.75, 3.5, 5.25 points")
        .isEqualTo(23);
  }

  @Test
  void withoutAHoldoutTheGapIsUnknown() {
    List<LookView> looks = training(k -> 18);
    for (OnsetDetector detector :
        List.of(
            new HoldoutGap(), FallWithGap.both(), FallWithGap.either(), new ArbitraryLabels())) {
      Reading last = Looks.readings(detector, looks).get(LOOKS - 1);
      assertThat(last.level()).isEqualTo(OnsetLevel.UNKNOWN);
      assertThat(last.reason()).isEqualTo("no hold-out examples are monitored");
    }
  }

  @Test
  void tooFewExamplesOrNoneAreSaidAsSuch() {
    Reading few =
        Looks.readings(
                new LabelNoise(),
                List.of(Looks.regular(9, Looks.contradicted(ExampleRole.TRAINING, 197, 9, 9))))
            .get(0);
    assertThat(few.level()).isEqualTo(OnsetLevel.UNKNOWN);
    assertThat(few.reason())
        .isEqualTo("197 monitored training examples are too few, at least 200 are needed");
    assertThat(Looks.readings(new LabelNoise(), List.of(Looks.regular(9))).get(0).reason())
        .isEqualTo("no training examples are monitored");
  }

  @Test
  void theConsensusFalls() {
    List<LookView> looks = new ArrayList<>();
    for (int k = 1; k <= LOOKS; k++) {
      looks.add(
          Looks.regular(k, Looks.predictedOtherwise(ExampleRole.TRAINING, SIZE, k < 20 ? 8 : 12)));
    }
    assertThat(Looks.firstRaised(new ConsensusFall(), looks))
        .as("one point of the mean is missing once all four looks are new")
        .isEqualTo(24);
  }

  /** Labels of even standing are arbitrary; those that stand high are hard. */
  @Test
  void arbitraryLabelsAreToldFromHardOnes() {
    List<LookView> arbitrary = withHoldout(k -> 18, k -> 18);
    assertThat(Looks.firstRaised(new ArbitraryLabels(), arbitrary))
        .isEqualTo(FIRST_AFTER_BURN_IN + 1);
    List<LookView> hard =
        arbitrary.stream()
            .map(
                look -> {
                  look.role(ExampleRole.HOLDOUT)
                      .ifPresent(view -> Arrays.fill(view.standing(), 0.9f));
                  return look;
                })
            .toList();
    assertThat(Looks.firstRaised(new ArbitraryLabels(), hard)).isZero();
    assertThat(Looks.firstRaised(new LabelNoise(), hard)).isNotZero();
  }
}
