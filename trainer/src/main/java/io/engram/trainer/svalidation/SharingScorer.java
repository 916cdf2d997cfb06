package io.engram.trainer.svalidation;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scores on all {@link SpareCores}, and lets other measurements have one in between: where somebody
 * waits for a core, one is lent between two trees, at most once in a share of time. So a search for
 * critical samples waits seconds while a null is drawn for minutes, and the null goes on between
 * two searches. One at a time for the same cores.
 */
public final class SharingScorer implements Scorer {
  private static final Duration SHARE = Duration.ofSeconds(5);

  private final SpareCores cores;
  private final long shareNanos;

  public SharingScorer(SpareCores cores) {
    this(cores, SHARE);
  }

  /**
   * @param share how long it keeps all cores though somebody waits for one
   */
  SharingScorer(SpareCores cores, Duration share) {
    this.cores = cores;
    shareNanos = share.toNanos();
  }

  @Override
  public synchronized Scores score(ScoringTask task) throws InterruptedException {
    Thread caller = Thread.currentThread();
    cores.takeAll();
    Lending lending = new Lending();
    try (Workers workers = new Workers(cores.count())) {
      return task.score(
          workers,
          () -> {
            lending.lend();
            return caller.isInterrupted();
          });
    } catch (CancellationException e) {
      Thread.interrupted();
      throw new InterruptedException("scoring was interrupted");
    } finally {
      cores.giveAll();
    }
  }

  /** One core at a time, by whichever worker comes first. */
  private final class Lending {
    private final AtomicBoolean lent = new AtomicBoolean();
    private final AtomicLong since = new AtomicLong(System.nanoTime());

    void lend() {
      if (cores.wanted()
          && System.nanoTime() - since.get() > shareNanos
          && lent.compareAndSet(false, true)) {
        cores.give();
        cores.takeAnyway();
        since.set(System.nanoTime());
        lent.set(false);
      }
    }
  }
}
