package io.engram.events.log;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A thread that forces a log to the disk: while one force is under way, requests gather behind one
 * future, which the next force completes. The thread begins with the first request.
 */
final class GroupCommit {
  /** Forces everything appended so far and says up to which index that is. */
  interface Force {
    long run() throws IOException;
  }

  private final String name;
  private final Force force;
  private @Nullable CompletableFuture<Long> waiting;
  private @Nullable Thread thread;
  private boolean closed;

  GroupCommit(String name, Force force) {
    this.name = name;
    this.force = force;
  }

  synchronized CompletableFuture<Long> request() {
    if (closed) {
      return CompletableFuture.failedFuture(new IOException("the log is closed"));
    }
    CompletableFuture<Long> gathered = waiting;
    if (gathered == null) {
      gathered = new CompletableFuture<>();
      waiting = gathered;
    }
    if (thread == null) {
      thread = new Thread(this::work, name);
      thread.setDaemon(true);
      thread.start();
    }
    notifyAll();
    return gathered;
  }

  /** Completes what was requested, with a last force where something was, and ends the thread. */
  void close() {
    Thread ending;
    synchronized (this) {
      closed = true;
      ending = thread;
      notifyAll();
    }
    boolean interrupted = false;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    for (CompletableFuture<Long> served = take(); served != null; served = take()) {
      try {
        served.complete(force.run());
      } catch (IOException | RuntimeException e) {
        served.completeExceptionally(e);
        failWaiting(e);
      }
    }
  }

  /** Who asked while a force was failing may have meant records that it lost. */
  private synchronized void failWaiting(Exception failure) {
    if (waiting != null) {
      waiting.completeExceptionally(failure);
      waiting = null;
    }
  }

  private synchronized @Nullable CompletableFuture<Long> take() {
    while (waiting == null && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        // the log alone ends this thread, by closing
      }
    }
    CompletableFuture<Long> taken = waiting;
    waiting = null;
    return taken;
  }
}
