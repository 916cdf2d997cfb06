package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import io.engram.events.delivery.SpoolPlace;
import io.engram.events.fuzz.Fuzz;
import io.engram.events.log.LogOptions;
import io.engram.events.log.SegmentLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool with any bytes opens and gives what can be read, or says that it cannot be used. */
final class SpoolFuzzTest {
  @TempDir Path dir;

  @Test
  void segments() throws Exception {
    Path kept;
    try (Opened spool = new Opened(dir)) {
      EventExamples.first().forEach(spool.spool::append);
      spool.drain();
    }
    kept = segment(dir.resolve("kept"));
    Fuzz.of("spool segments", IOException.class)
        .run(
            150,
            List.of(Files.readAllBytes(kept)),
            input -> {
              Files.write(kept, input);
              try (Opened spool = new Opened(dir)) {
                spool.drain();
              }
            });
  }

  /** Records whose checksums are right. */
  @Test
  void records() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (EventEnvelope each : EventExamples.first()) {
      ByteBuffer record = SpoolRecord.of(each, new SpoolPlace(0, 0, 0));
      byte[] bytes = new byte[record.remaining()];
      record.get(bytes);
      seeds.add(bytes);
    }
    Path folder = dir.resolve("records");
    Fuzz.of("spool records", IOException.class)
        .run(
            150,
            seeds,
            input -> {
              delete(folder);
              try (SegmentLog log = SegmentLog.open(folder.resolve("kept"), LogOptions.DEFAULTS)) {
                log.append(ByteBuffer.wrap(input));
              }
              try (Opened spool = new Opened(folder)) {
                spool.drain();
              }
            });
  }

  private static Path segment(Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }

  private static void delete(Path dir) throws IOException {
    if (Files.exists(dir)) {
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static final class Opened implements AutoCloseable {
    private final Spool spool;

    Opened(Path dir) throws IOException {
      spool = new Spool(new SpoolOptions(dir, 1 << 20), new DropCounters());
    }

    void drain() throws IOException {
      while (spool.take(10, 1 << 16) != null) {
        continue;
      }
    }

    @Override
    public void close() throws IOException {
      spool.close();
    }
  }
}
