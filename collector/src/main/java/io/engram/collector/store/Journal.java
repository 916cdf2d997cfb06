package io.engram.collector.store;

import io.engram.events.RunId;
import io.engram.events.log.LogLock;
import io.engram.events.log.LogOptions;
import io.engram.events.log.SegmentLog;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every parcel that a collector took, in the order in which it took them: appended on a thread of
 * its own, forced to the disk by another, one force for all who wait.
 *
 * <p>After a failure nothing is appended any more until {@link #reset} has removed what is not
 * known to be on the disk: so no parcel stands in the journal whose predecessor may be missing.
 */
public final class Journal implements AutoCloseable {
  /** Segments of 64 MiB: history is kept, and trimmed by the segment. */
  static final LogOptions SEGMENTS = new LogOptions(64L << 20);

  private static final long CLOSING_SECONDS = 20;

  private final SegmentLog log;
  private final @Nullable LogLock lock;
  private final ExecutorService appender;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private volatile boolean broken;
  private boolean noted = true;

  private record Waiting(long index, CompletableFuture<Long> done) {}

  private Journal(Path dir, long atLeast, @Nullable LogLock lock) throws IOException {
    this.lock = lock;
    broken = lock == null;
    log = SegmentLog.open(dir, SEGMENTS, atLeast);
    appender =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "engram-journal");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens a journal to write it.
   *
   * @param dir its folder, made when missing
   * @param atLeast what is known of its length from snapshots
   * @throws IOException if the folder cannot be used, or another process writes it
   */
  public static Journal open(Path dir, long atLeast) throws IOException {
    LogLock lock = lock(dir);
    try {
      Compaction.recover(dir);
      return new Journal(dir, atLeast, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Keeps other writers out of a journal, by a file beside its folder.
   *
   * @param dir the journal's folder, which need not be there
   * @throws IOException if another process, or another part of this one, writes it
   */
  static LogLock lock(Path dir) throws IOException {
    return LogLock.acquire(
        dir.toAbsolutePath().resolveSibling(dir.getFileName() + ".lock"),
        "the journal %s is in use by a collector".formatted(dir));
  }

  /** Opens a journal that a collector may be writing, to read what it holds now. */
  public static Journal toRead(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      LogLock lock = lock(dir);
      try {
        Compaction.recover(dir);
      } finally {
        lock.close();
      }
    }
    return new Journal(dir, 0, null);
  }

  /**
   * Appends a parcel.
   *
   * @return completes with its index once it is on the disk, on a thread of the journal, after all
   *     that were appended before
   */
  public CompletableFuture<Long> append(EventParcel parcel) {
    return append(durable -> JournalRecord.of(parcel, durable));
  }

  /** Notes that a run was filed away, so that it does not come back with the journal. */
  public CompletableFuture<Long> appendRetired(RunId run) {
    return append(durable -> JournalRecord.retired(run, durable));
  }

  private CompletableFuture<Long> append(LongFunction<ByteBuffer> record) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    appender.execute(
        () -> {
          try {
            if (broken) {
              throw new IOException(
                  lock == null
                      ? "the journal was opened to be read"
                      : "the journal could not be written before");
            }
            ByteBuffer bytes = record.apply(log.durableIndex());
            synchronized (waiting) {
              waiting.add(new Waiting(log.append(bytes), done));
            }
            noted = false;
            log.commit().whenComplete(this::committed);
          } catch (IOException | RuntimeException e) {
            broken = true;
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  /** In the order of the records, whoever is told first that they are on the disk. */
  private void committed(@Nullable Long upTo, @Nullable Throwable failure) {
    synchronized (waiting) {
      if (upTo == null) {
        broken = true;
      }
      Waiting oldest = waiting.peek();
      while (oldest != null && (upTo == null || oldest.index < upTo)) {
        waiting.remove();
        if (upTo == null) {
          oldest.done.completeExceptionally(
              failure == null ? new IOException("no commit") : failure);
        } else {
          oldest.done.complete(oldest.index);
        }
        oldest = waiting.peek();
      }
    }
  }

  /**
   * Takes back what is not known to be on the disk, and appends again what comes after this call;
   * if that fails, too, appending goes on failing.
   */
  public CompletableFuture<Void> reset() {
    return CompletableFuture.runAsync(
        () -> {
          if (broken && lock != null) {
            try {
              if (log.isUnsure()) {
                log.rewind(log.durableIndex());
              }
              broken = false;
            } catch (IOException e) {
              throw new CompletionException(e);
            }
          }
        },
        appender);
  }

  /**
   * Says in the journal itself how far it was on the disk, where that is not said yet: damage below
   * is damage, above it may be a crash.
   */
  public void note() {
    appender.execute(
        () -> {
          if (!noted && !broken && log.durableIndex() == log.nextIndex()) {
            try {
              log.append(JournalRecord.note(log.durableIndex()));
              noted = true;
            } catch (IOException e) {
              broken = true;
            }
          }
        });
  }

  /**
   * Reads it from an index on, on the thread that calls.
   *
   * @return a reader, to be closed
   */
  public JournalReader read(long from) {
    return new JournalReader(log, from);
  }

  /**
   * Puts on the disk what a killed process left to the system: it is acknowledged from now on.
   *
   * @throws IOException if the disk does not take it
   */
  public void force() throws IOException {
    try {
      log.commit().join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Cuts off everything from an index on: records that were never known to be on the disk. */
  public void cut(long index) throws IOException {
    log.rewind(index);
  }

  /** Removes the oldest segments until it takes no more than this, none with records from here. */
  public void trim(long bytes, long keepFrom) throws IOException {
    while (log.bytes() > bytes) {
      long end = log.endOfOldestSegment();
      if (end > keepFrom || log.trimBefore(end) == 0) {
        return;
      }
    }
  }

  /** Bytes on disk. */
  public long bytes() {
    return log.bytes();
  }

  /** Index of the oldest record. */
  public long firstIndex() {
    return log.firstIndex();
  }

  /** Index of the next record. */
  public long nextIndex() {
    return log.nextIndex();
  }

  /** Writes that failed so far. */
  public long failures() {
    return log.failures();
  }

  /** Ends after what was to be appended. Waits for the disk. */
  @Override
  public void close() {
    note();
    appender.shutdown();
    try {
      if (!appender.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        appender.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        // The process gives it back when it ends.
      }
    }
  }
}
