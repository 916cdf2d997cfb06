package io.engram.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FailingDiskTest {
  private static final LogOptions OPTIONS = new LogOptions(1 << 10);

  @TempDir Path dir;
  private long room = Long.MAX_VALUE;
  private @Nullable IOException forceFails;
  private final AtomicInteger forces = new AtomicInteger();
  private final AtomicInteger openFiles = new AtomicInteger();
  private CountDownLatch slowForce = new CountDownLatch(0);

  /** Takes as many bytes as there is room for, then says what a full disk says. */
  private SegmentFile open(Path path) throws IOException {
    SegmentFile file = SegmentFile.open(path);
    openFiles.incrementAndGet();
    return new SegmentFile() {
      @Override
      public void write(long position, ByteBuffer... buffers) throws IOException {
        long at = position;
        for (ByteBuffer buffer : buffers) {
          int fits = (int) Math.min(room, buffer.remaining());
          room -= fits;
          file.write(at, buffer.slice(buffer.position(), fits));
          if (fits < buffer.remaining()) {
            throw new IOException("No space left on device");
          }
          at += fits;
          buffer.position(buffer.limit());
        }
      }

      @Override
      public void truncate(long size) throws IOException {
        file.truncate(size);
      }

      @Override
      public void force() throws IOException {
        forces.incrementAndGet();
        awaitQuietly(slowForce);
        if (forceFails != null) {
          throw forceFails;
        }
        file.force();
      }

      @Override
      public void close() throws IOException {
        openFiles.decrementAndGet();
        file.close();
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatIsNotWrittenToAnyMoreIsClosed() throws Exception {
    try (SegmentLog log = SegmentLog.open(dir, OPTIONS, this::open)) {
      for (int i = 0; i < 50; i++) {
        log.append(ByteBuffer.allocate(300));
        log.commit().get();
        assertThat(openFiles).hasValue(1);
      }
      for (int i = 0; i < 50; i++) {
        log.append(ByteBuffer.allocate(300));
      }
      log.commit().get();
      assertThat(openFiles).hasValue(1);
      log.rewind(30);
      assertThat(openFiles).hasValue(0);
      log.append(ByteBuffer.allocate(300));
      log.commit().get();
      log.roll();
      assertThat(openFiles).hasValue(0);
    }
  }

  @Test
  void aFullDiskIsNamedAndTheLogGoesOnWhenThereIsRoom() throws IOException {
    ByteBuffer payload = Logs.payload(1, 100);
    for (int fits = 0; fits < RecordFormat.HEADER_BYTES + 100; fits++) {
      Path folder = dir.resolve("fits" + fits);
      try (SegmentLog log = SegmentLog.open(folder, OPTIONS, this::open)) {
        room = Long.MAX_VALUE;
        log.append(payload);
        room = fits;
        assertThatThrownBy(() -> log.append(payload))
            .isInstanceOfSatisfying(
                LogWriteException.class,
                e -> assertThat(e.failure()).isEqualTo(LogFailure.DISK_FULL))
            .hasMessageContaining(folder + " cannot be written");
        assertThat(Logs.read(log, 0)).hasSize(1);
        room = Long.MAX_VALUE;
        assertThat(log.append(payload)).isEqualTo(1);
        assertThat(log.failures()).isEqualTo(1);
      }
      try (SegmentLog log = SegmentLog.open(folder, OPTIONS)) {
        assertThat(log.recovery()).isEqualTo(new Recovery(0, 2, 0, 0));
        assertThat(Logs.read(log, 0)).hasSize(2).containsEntry(1L, payload);
      }
    }
  }

  /**
   * What a write that failed has left is no part of the log, for one who reads meanwhile either.
   */
  @Test
  void aReaderDoesNotSeeWhatAFailedAppendHasLeft() throws IOException {
    try (SegmentLog log = SegmentLog.open(dir, OPTIONS, this::open);
        LogReader reader = log.read(0)) {
      log.append(Logs.payload(0, 10));
      room = RecordFormat.HEADER_BYTES + 5;
      assertThatThrownBy(() -> log.append(Logs.payload(1, 100)))
          .isInstanceOf(LogWriteException.class);
      assertThat(reader.next().index()).isZero();
      assertThat(reader.next()).isNull();

      room = Long.MAX_VALUE;
      log.append(Logs.payload(2, 50));
      log.append(Logs.payload(3, 50));

      assertThat(reader.next()).isEqualTo(new LogRecord(1, Logs.payload(2, 50)));
      assertThat(reader.next()).isEqualTo(new LogRecord(2, Logs.payload(3, 50)));
      assertThat(reader.lost()).isZero();
    }
  }

  @Test
  void oneForceServesAllWhoAskedMeanwhile() throws Exception {
    try (SegmentLog log = SegmentLog.open(dir, OPTIONS, this::open)) {
      slowForce = new CountDownLatch(1);
      log.append(Logs.payload(0, 9));
      CompletableFuture<Long> first = log.commit();
      while (forces.get() == 0) {
        Thread.onSpinWait();
      }
      List<CompletableFuture<Long>> later = new ArrayList<>();
      for (int i = 1; i <= 50; i++) {
        log.append(Logs.payload(i, 9));
        later.add(log.commit());
      }
      assertThat(first).isNotDone();
      slowForce.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
      for (CompletableFuture<Long> commit : later) {
        assertThat(commit.get(10, TimeUnit.SECONDS)).isEqualTo(51);
      }
      assertThat(log.durableIndex()).isEqualTo(51);
      assertThat(forces.get()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void whatAFailedForceLeftUnsureCanBeTakenBackAndAppendedAgain() throws Exception {
    try (SegmentLog log = SegmentLog.open(dir, OPTIONS, this::open)) {
      log.append(Logs.payload(0, 9));
      assertThat(log.commit().get()).isEqualTo(1);
      forceFails = new IOException("Input/output error");
      log.append(Logs.payload(1, 9));
      log.append(Logs.payload(2, 9));
      assertThatThrownBy(() -> log.commit().get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              LogWriteException.class, e -> assertThat(e.failure()).isEqualTo(LogFailure.IO));
      forceFails = null;
      assertThatThrownBy(() -> log.commit().get())
          .as("a second force that succeeds says nothing of the first's records")
          .hasCauseInstanceOf(LogWriteException.class);
      assertThat(log.durableIndex()).isEqualTo(1);

      log.rewind(log.durableIndex());
      assertThat(log.append(Logs.payload(7, 9))).isEqualTo(1);
      assertThat(log.commit().get()).isEqualTo(2);
    }
    try (SegmentLog log = SegmentLog.open(dir, OPTIONS)) {
      assertThat(Logs.read(log, 0)).containsOnlyKeys(0L, 1L).containsEntry(1L, Logs.payload(7, 9));
    }
  }

  /** A process that was killed has left its last records with the system, not on the disk. */
  @Test
  void theFirstCommitForcesWhatAKilledProcessLeft() throws Exception {
    SegmentLog killed = SegmentLog.open(dir, new LogOptions(1), this::open);
    killed.append(Logs.payload(0, 9));
    killed.append(Logs.payload(1, 9));
    assertThat(forces.get()).isZero();

    try (SegmentLog log = SegmentLog.open(dir, new LogOptions(1), this::open)) {
      assertThat(log.commit().get()).isEqualTo(2);
      assertThat(forces.get()).isEqualTo(2);
      log.append(Logs.payload(2, 9));
      assertThat(log.commit().get()).isEqualTo(3);
      assertThat(forces.get()).isEqualTo(3);
    }
    killed.close();
  }

  @Test
  void aCommitThatFindsTheLogClosedFails() throws IOException {
    SegmentLog log = SegmentLog.open(dir, OPTIONS, this::open);
    log.append(Logs.payload(0, 1));
    log.close();
    assertThatThrownBy(() -> log.commit().get()).hasMessageContaining("closed");
  }

  @Test
  void failuresAreToldApart() {
    assertThat(LogFailure.of(new IOException("Disk quota exceeded")))
        .isEqualTo(LogFailure.DISK_FULL);
    assertThat(LogFailure.of(new IOException("Read-only file system")))
        .isEqualTo(LogFailure.READ_ONLY);
    assertThat(LogFailure.of(new AccessDeniedException("x"))).isEqualTo(LogFailure.READ_ONLY);
    assertThat(LogFailure.of(new ReadOnlyFileSystemException())).isEqualTo(LogFailure.READ_ONLY);
    assertThat(LogFailure.of(new IOException((String) null)).label()).isEqualTo("io");
  }
}
