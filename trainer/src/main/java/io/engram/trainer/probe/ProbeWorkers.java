package io.engram.trainer.probe;

import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.SpareCores;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Threads that measure while runs train, and the bounded queue before them. Tasks of one key are
 * done one after the other in the order they came, those of different keys side by side.
 *
 * <p>A worker holds one of the {@link SpareCores} while it measures, so measurements and an
 * s-validation scorer of the same process together keep no more cores busy than training leaves. A
 * worker that waits for scores holds none, and another takes its place.
 */
final class ProbeWorkers {
  /** Measurements that may wait, those of all runs together. */
  static final int CAPACITY = 16;

  private static final class OfThisProcess {
    private static @Nullable ProbeWorkers workers;
  }

  private record Task(Object key, Runnable work) {}

  private static final class Running {
    final Thread thread = Thread.currentThread();
    Runnable afterwards = () -> {};
  }

  private final Queue<Task> waiting = new ArrayDeque<>();
  private final Map<Object, Running> running = new HashMap<>();
  private final SpareCores cores;
  private int threads;
  private int away;

  /**
   * @param cores as many measure side by side; the threads keep no JVM alive
   */
  ProbeWorkers(SpareCores cores) {
    this.cores = cores;
    enoughThreads();
  }

  private synchronized void enoughThreads() {
    while (threads < cores.count() + away) {
      Thread thread = new Thread(this::work, "probe-worker-" + ++threads);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * The workers of all runs of this process, made at the first call.
   *
   * @param trainingThreads threads of the linear algebra of a run
   */
  static ProbeWorkers ofThisProcess(int trainingThreads) {
    synchronized (OfThisProcess.class) {
      if (OfThisProcess.workers == null) {
        OfThisProcess.workers = new ProbeWorkers(SpareCores.ofThisProcess(trainingThreads));
      }
      return OfThisProcess.workers;
    }
  }

  /**
   * Leaves a task to the workers.
   *
   * @param work fails never
   * @return false, and nothing taken, if the queue is full
   */
  synchronized boolean offer(Object key, Runnable work) {
    if (waiting.size() >= CAPACITY) {
      return false;
    }
    waiting.add(new Task(key, work));
    notifyAll();
    return true;
  }

  /**
   * Forgets what waits of a key and interrupts what runs of it.
   *
   * @param afterwards done at once, or where a task of the key runs, at its end by its worker
   */
  void giveUp(Object key, Runnable afterwards) {
    synchronized (this) {
      waiting.removeIf(task -> task.key == key);
      Running now = running.get(key);
      if (now != null) {
        now.afterwards = afterwards;
        now.thread.interrupt();
        return;
      }
    }
    afterwards.run();
  }

  private void work() {
    NativeRuntime.setThreadsHere(1);
    try {
      while (true) {
        Task task = next();
        measure(task);
        done(task).run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure(Task task) {
    try {
      cores.take();
    } catch (InterruptedException givenUp) {
      return;
    }
    try {
      task.work.run();
    } finally {
      cores.give();
    }
  }

  /**
   * The scorer, to be asked by measurements: a worker that waits for it is none meanwhile.
   *
   * @param scorer computes on other threads than the one that asks
   */
  Scorer awaited(Scorer scorer) {
    return task -> {
      leave();
      try {
        return scorer.score(task);
      } finally {
        comeBack();
      }
    };
  }

  private synchronized void leave() {
    cores.give();
    away++;
    enoughThreads();
  }

  private void comeBack() {
    cores.takeAnyway();
    synchronized (this) {
      away--;
    }
  }

  private synchronized Task next() throws InterruptedException {
    while (true) {
      for (Iterator<Task> tasks = waiting.iterator(); tasks.hasNext(); ) {
        Task task = tasks.next();
        if (!running.containsKey(task.key)) {
          tasks.remove();
          running.put(task.key, new Running());
          return task;
        }
      }
      wait();
    }
  }

  private synchronized Runnable done(Task task) {
    Runnable afterwards = running.remove(task.key).afterwards;
    Thread.interrupted();
    notifyAll();
    return afterwards;
  }
}
