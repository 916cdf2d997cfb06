package io.engram.trainer.svalidation;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Scores in this process, on the calling thread and the workers' own. One task at a time: a second
 * caller waits.
 */
public final class LocalScorer implements Scorer {
  private static final class OnAllCores {
    static final LocalScorer SCORER =
        new LocalScorer(new Workers(Runtime.getRuntime().availableProcessors()));
  }

  private final Workers workers;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param workers which the caller closes
   */
  public LocalScorer(Workers workers) {
    this.workers = workers;
  }

  /** One for this process that takes all its cores, for runs that wait for their scores. */
  public static LocalScorer onAllCores() {
    return OnAllCores.SCORER;
  }

  @Override
  public Scores score(ScoringTask task) throws InterruptedException {
    lock.lockInterruptibly();
    Thread caller = Thread.currentThread();
    try {
      return task.score(workers, caller::isInterrupted);
    } catch (CancellationException e) {
      Thread.interrupted();
      throw new InterruptedException("scoring was interrupted");
    } finally {
      lock.unlock();
    }
  }
}
