package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthFinderTest {
  private static final int FLIPPED = 20;

  /** All 40 examples are of class 0; the first 20 are labelled 1. */
  private static Made run() {
    int[] given = new int[40];
    Arrays.fill(given, 0, FLIPPED, 1);
    return new Made().described(ExampleRole.TRAINING, given, new int[40]);
  }

  /** So many of the wrong labels are predicted, of the others the true class. */
  private static int[] fitted(int count) {
    int[] predicted = new int[40];
    Arrays.fill(predicted, 0, count, 1);
    return predicted;
  }

  private static double chanceOfSoManyHeads(int heads) {
    return Math.pow(0.5, heads);
  }

  @Test
  void memorizationBeginsAtTheFirstOfTwoLooksThatBeatChance() {
    assertThat(chanceOfSoManyHeads(9)).isGreaterThan(1e-3);
    assertThat(chanceOfSoManyHeads(10)).isLessThan(1e-3);
    List<EventEnvelope> events =
        run()
            .evaluated(0, 100)
            .look(0, ExampleRole.TRAINING, true, fitted(10))
            .look(5, ExampleRole.TRAINING, true, fitted(9))
            .look(10, ExampleRole.TRAINING, true, fitted(10))
            .look(15, ExampleRole.TRAINING, true, fitted(12))
            .look(20, ExampleRole.TRAINING, true, fitted(9))
            .finished(20);

    GroundTruth truth = TruthFinder.of(events);

    assertThat(truth.memorizedStep()).isEqualTo(10);
    assertThat(truth.halfStep()).as("half of 20 at the first look").isEqualTo(0);
    assertThat(truth.flipped()).isEqualTo(FLIPPED);
    assertThat(truth.stepsPerEpoch()).isEqualTo(Made.STEPS_PER_EPOCH);
    assertThat(truth.lastStep()).isEqualTo(20);
  }

  @Test
  void predictionsOfAllWrongClassesAlikeAreNotMemorization() {
    Made run = run().evaluated(0, 100);
    for (int step = 0; step < 100; step += 5) {
      int[] predicted = new int[40];
      for (int i = 0; i < FLIPPED; i++) {
        predicted[i] = 1 + (i + step) % 4;
      }
      run.look(step, ExampleRole.TRAINING, true, predicted);
    }

    GroundTruth truth = TruthFinder.of(run.finished(100));

    assertThat(truth.memorized()).isFalse();
    assertThat(truth.halfStep()).isEqualTo(-1);
  }

  @Test
  void withoutWrongLabelsNothingIsMemorized() {
    GroundTruth truth =
        TruthFinder.of(
            new Made()
                .described(ExampleRole.TRAINING, new int[40], new int[40])
                .evaluated(0, 100)
                .look(0, ExampleRole.TRAINING, true, new int[40])
                .look(5, ExampleRole.TRAINING, true, new int[40])
                .finished(5));

    assertThat(truth.memorized()).isFalse();
    assertThat(truth.flipped()).isZero();
  }

  @Test
  void anAlarmIsInTimeBeforeHalfAPointIsLost() {
    GroundTruth truth = Made.truth(20, 0.1, 0.9, 0.8);

    assertThat(truth.accuracy().harmStep()).isEqualTo(11);
    assertThat(truth.inTime(10)).isTrue();
    assertThat(truth.inTime(11)).isFalse();
    assertThat(truth.inTime(-1)).isFalse();
    assertThat(Made.truth(20, 0.1, 0.9, 0.9).inTime(99)).isTrue();
  }
}
