package io.engram.trainer.svalidation;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Cores that training leaves. Whatever computes beside training holds one for each of its threads,
 * so that together they are never more; what merely waits holds none. Served in the order of
 * asking.
 */
public final class SpareCores {
  private static final class OfThisProcess {
    private static @Nullable SpareCores cores;
  }

  private final int count;
  private final Semaphore free;

  /**
   * @param count at least 1
   */
  public SpareCores(int count) {
    this.count = count;
    free = new Semaphore(count, true);
  }

  /**
   * Those of this process, counted at the first call: the cores there are less those that train,
   * and at least one.
   *
   * @param trainingThreads threads of the linear algebra of a run
   */
  public static SpareCores ofThisProcess(int trainingThreads) {
    synchronized (OfThisProcess.class) {
      if (OfThisProcess.cores == null) {
        int cores = Runtime.getRuntime().availableProcessors();
        OfThisProcess.cores = new SpareCores(Math.max(1, cores - trainingThreads));
      }
      return OfThisProcess.cores;
    }
  }

  /** Number of them. */
  public int count() {
    return count;
  }

  /** Waits for one and takes it. */
  public void take() throws InterruptedException {
    free.acquire();
  }

  /** The same, whether interrupted or not. */
  public void takeAnyway() {
    free.acquireUninterruptibly();
  }

  /** Gives one back. */
  public void give() {
    free.release();
  }

  /** Waits until all are free and takes them, which but one at a time may do. */
  void takeAll() throws InterruptedException {
    free.acquire(count);
  }

  void giveAll() {
    free.release(count);
  }

  /** Whether somebody waits for one. */
  boolean wanted() {
    return free.hasQueuedThreads();
  }
}
