package io.engram.trainer.benchmark;

import io.engram.events.log.LogOptions;
import io.engram.events.log.SegmentLog;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What it gains that one force of the disk serves all who wait for it: records a second that are
 * known to be on the disk when 64 wait at once, as parcels of many trainers do, over those when one
 * waits at a time. A record has 64 KiB, about a parcel.
 */
final class GroupCommitBenchmark implements Benchmark {
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 15;
  private static final int RECORDS = 64;
  private static final int BYTES = 1 << 16;

  @Override
  public String name() {
    return "group commit";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    Path dir = Files.createTempDirectory("engram-commit-benchmark");
    try (SegmentLog log = SegmentLog.open(dir, LogOptions.DEFAULTS)) {
      Interleaved found =
          Interleaved.measure(
              WARM_UPS, ROUNDS, () -> perSecond(log, 1), () -> perSecond(log, RECORDS));
      return List.of(
          row("one at a time", found.median(0), "1/s"),
          row("64 at once", found.median(1), "1/s"),
          row("64 at once / one at a time", found.ratio(1, 0), "ratio"));
    }
  }

  private static BenchmarkRow row(String what, Estimate estimate, String unit) {
    return new BenchmarkRow("group commit: " + what, estimate, unit, Double.NaN, Better.HIGHER);
  }

  private static double perSecond(SegmentLog log, int atOnce) throws Exception {
    ByteBuffer record = ByteBuffer.allocate(BYTES);
    long began = System.nanoTime();
    for (int done = 0; done < RECORDS; done += atOnce) {
      List<CompletableFuture<Long>> waiting = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        log.append(record);
        waiting.add(log.commit());
      }
      for (CompletableFuture<Long> commit : waiting) {
        commit.get();
      }
    }
    double rate = RECORDS * 1e9 / (System.nanoTime() - began);
    log.roll();
    log.trimBefore(log.nextIndex());
    return rate;
  }
}
