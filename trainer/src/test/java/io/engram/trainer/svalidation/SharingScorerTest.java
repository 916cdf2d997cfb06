package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SharingScorerTest {
  @Test
  void scoresAsALocalScorerDoes() throws Exception {
    ScoringTask task = task(60, NullProfile.FAST);
    Scores expected = new LocalScorer(new Workers(1)).score(task);
    for (int cores = 1; cores <= 2; cores++) {
      assertThat(new SharingScorer(new SpareCores(cores)).score(task)).isEqualTo(expected);
    }
  }

  /** Scoring would take minutes; afterwards no core is missing. */
  @Test
  void lendsACoreToAMeasurementThatWaitsAndGivesAllBackWhenInterrupted() throws Exception {
    for (int count = 1; count <= 2; count++) {
      SpareCores cores = new SpareCores(count);
      SharingScorer scorer = new SharingScorer(cores, Duration.ZERO);
      ScoringTask endless = task(20_000, NullProfile.PAPER);
      FutureTask<Scores> scoring = new FutureTask<>(() -> scorer.score(endless));
      Thread thread = new Thread(scoring, "scoring");
      thread.start();
      for (int measurement = 0; measurement < 3; measurement++) {
        cores.take();
        cores.give();
      }
      assertThat(scoring.isDone()).isFalse();

      thread.interrupt();

      assertThatThrownBy(() -> scoring.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
      cores.takeAll();
    }
  }

  @Test
  void keepsTheCoresForItsShare() throws Exception {
    SpareCores cores = new SpareCores(1);
    SharingScorer scorer = new SharingScorer(cores, Duration.ofHours(1));
    FutureTask<Scores> scoring = new FutureTask<>(() -> scorer.score(task(60, NullProfile.FAST)));
    cores.take();
    Thread thread = new Thread(scoring, "scoring");
    thread.start();
    while (!cores.wanted()) {
      Thread.onSpinWait();
    }
    cores.give();
    cores.take();

    assertThat(scoring.get(30, TimeUnit.SECONDS).result().examples()).isEqualTo(60);
  }

  private static ScoringTask task(int rows, NullProfile profile) {
    SyntheticFeatures made = SyntheticFeatures.of(rows, 2, 1);
    return new ScoringTask(
        made.train(), made.sets(), made.labels(), null, new int[0], made.classes(), profile, 7);
  }
}
