package io.engram.trainer.scoring;

import io.engram.events.NullScores;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A scorer that scores one task for each permit, and says what it was given and when it gave up.
 */
final class HeldScorer implements Scorer {
  final Semaphore permits = new Semaphore(0);
  final List<Long> begun = Collections.synchronizedList(new ArrayList<>());
  final List<Long> interrupted = Collections.synchronizedList(new ArrayList<>());

  /** What it says of a task. */
  static Scores scores(ScoringTask task) {
    NullScores set = new NullScores(task.train().rows(), new int[0], new int[] {1, 2});
    return new Scores(
        new NullResult("held", "FAST", task.labels().length, 1, true, List.of(set)),
        (int) task.seed());
  }

  @Override
  public Scores score(ScoringTask task) throws InterruptedException {
    begun.add(task.seed());
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      interrupted.add(task.seed());
      throw e;
    }
    return scores(task);
  }
}
