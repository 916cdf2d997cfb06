package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.RunStarted;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a spool. It takes events from the queue, looking every 2 ms so that training
 * never has to wake it, encodes and appends them, asks for the disk every 100 ms, and does what it
 * is asked in between.
 */
final class SpoolWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolWorker.class);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long HEADER_SECONDS = 5;
  private static final int EVENTS_AT_ONCE = 512;

  private final Spool spool;
  private final EventQueue queue;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile long bytes;
  private volatile long failures;
  private volatile long appends;
  private boolean uncommitted;
  private long appended;
  private long committedAt = System.nanoTime();
  private long notedAt = committedAt;
  private boolean acknowledgedMore;

  SpoolWorker(String name, Spool spool, EventQueue queue) {
    this.spool = spool;
    this.queue = queue;
    this.bytes = spool.bytes();
    this.thread = new Thread(this, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    while (!closing || !tasks.isEmpty() || !queue.isEmpty()) {
      boolean worked = workOff(tasks);
      worked |= append(EVENTS_AT_ONCE);
      keepUp();
      if (!worked) {
        LockSupport.parkNanos(IDLE_NANOS);
      }
    }
    try {
      spool.noteAcknowledged();
      spool.close();
    } catch (IOException e) {
      LOG.warn("A spool could not be closed: {}", e.toString());
    }
  }

  private static boolean workOff(Queue<Runnable> tasks) {
    boolean worked = false;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      worked = true;
    }
    return worked;
  }

  private boolean append(int most) {
    EventEnvelope envelope = queue.poll();
    boolean any = envelope != null;
    for (int n = 1; envelope != null; n++) {
      spool.append(envelope);
      if (envelope.event() instanceof RunStarted) {
        awaitDisk();
      }
      envelope = n < most ? queue.poll() : null;
    }
    if (any) {
      uncommitted = true;
      appended++;
      appends = appended;
    }
    return any;
  }

  /** What follows a header is appended when the header is on the disk. */
  private void awaitDisk() {
    try {
      commit().get(HEADER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The header of a run is not known to be on the disk: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepUp() {
    long now = System.nanoTime();
    if (uncommitted && now - committedAt > COMMIT_NANOS) {
      uncommitted = false;
      committedAt = now;
      var unused = commit();
    }
    if (acknowledgedMore && now - notedAt > NOTE_NANOS) {
      acknowledgedMore = false;
      notedAt = now;
      spool.noteAcknowledged();
    }
    bytes = spool.bytes();
    failures = spool.failures();
  }

  private CompletableFuture<Void> commit() {
    CompletableFuture<Void> committed = spool.commit();
    return committed.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            tasks.add(spool::goOnUnsure);
          }
        });
  }

  /** Does something with the spool, on its thread. */
  <T> CompletableFuture<T> ask(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tasks.add(
        () -> {
          try {
            answer.complete(question.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    LockSupport.unpark(thread);
    return answer;
  }

  /** The collector has this, and all before it. */
  void release(SpooledBatch batch) {
    tasks.add(
        () -> {
          try {
            spool.release(batch);
            acknowledgedMore = true;
          } catch (IOException e) {
            LOG.warn("A spool could not be trimmed: {}", e.toString());
          }
        });
  }

  /** Completes when all that was emitted before is on the disk. */
  CompletableFuture<Void> commitAll() {
    return ask(() -> {
          append(Integer.MAX_VALUE);
          return commit();
        })
        .thenCompose(committed -> committed);
  }

  /** Ends the thread after what is queued, and waits for it. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(HEADER_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Bytes on disk, as of a moment ago. */
  long bytes() {
    return bytes;
  }

  /** Writes that failed, as of a moment ago. */
  long failures() {
    return failures;
  }

  /** Grows whenever there is more to take. */
  long appends() {
    return appends;
  }

  Spool spool() {
    return spool;
  }
}
