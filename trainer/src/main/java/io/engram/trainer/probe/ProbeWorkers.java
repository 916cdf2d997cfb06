package io.engram.trainer.probe;

import io.engram.trainer.model.NativeRuntime;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Threads that measure while runs train, and the bounded queue before them. Tasks of one key are
 * done one after the other in the order they came, those of different keys side by side.
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

  /**
   * @param threads at least 1; they keep no JVM alive
   */
  ProbeWorkers(int threads) {
    for (int i = 1; i <= threads; i++) {
      Thread thread = new Thread(this::work, "probe-worker-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * The workers of all runs of this process, made at the first call: as many as there are cores
   * that do not train, and at least one.
   *
   * @param trainingThreads threads of the linear algebra of a run
   */
  static ProbeWorkers ofThisProcess(int trainingThreads) {
    synchronized (OfThisProcess.class) {
      if (OfThisProcess.workers == null) {
        int cores = Runtime.getRuntime().availableProcessors();
        OfThisProcess.workers = new ProbeWorkers(Math.max(1, cores - trainingThreads));
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
        task.work.run();
        done(task).run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
