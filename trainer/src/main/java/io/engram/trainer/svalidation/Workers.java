package io.engram.trainer.svalidation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A fixed number of threads that share independent tasks: the calling one and daemons of its own.
 * One caller at a time.
 */
public final class Workers implements AutoCloseable {
  private final int count;
  private final ExecutorService others;

  /** What is done for each task. */
  interface Task {
    /**
     * @param worker 0 to count - 1; tasks of one worker run one after the other
     */
    void run(int worker, int task);
  }

  /**
   * @param count threads in all, at least 1
   */
  public Workers(int count) {
    if (count < 1) {
      throw new SValidationException("threads: is %d, must be at least 1".formatted(count));
    }
    this.count = count;
    others =
        Executors.newFixedThreadPool(
            Math.max(1, count - 1),
            task -> {
              Thread thread = new Thread(task, "s-validation");
              thread.setDaemon(true);
              return thread;
            });
  }

  int count() {
    return count;
  }

  /**
   * Runs tasks 0 to tasks - 1, each once, in any order, and returns when all are done. After a
   * failure no further task begins.
   *
   * @param cancelled asked before each task
   * @throws CancellationException if it said yes
   */
  void run(int tasks, BooleanSupplier cancelled, Task task) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int worker = 1; worker < Math.min(count, tasks); worker++) {
      int me = worker;
      running.add(others.submit(() -> work(me, next, tasks, cancelled, task)));
    }
    RuntimeException failure = null;
    try {
      work(0, next, tasks, cancelled, task);
    } catch (RuntimeException e) {
      failure = e;
    }
    for (Future<?> other : running) {
      try {
        other.get();
      } catch (ExecutionException e) {
        failure = e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
      } catch (InterruptedException e) {
        next.set(tasks);
        Thread.currentThread().interrupt();
        failure = new CancellationException("interrupted");
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void work(
      int worker, AtomicInteger next, int tasks, BooleanSupplier cancelled, Task task) {
    try {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("s-validation was cancelled");
        }
        task.run(worker, i);
      }
    } catch (RuntimeException | Error e) {
      next.set(tasks);
      throw e;
    }
  }

  @Override
  public void close() {
    others.shutdownNow();
  }
}
