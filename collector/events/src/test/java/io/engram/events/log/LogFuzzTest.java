package io.engram.events.log;

import io.engram.events.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A segment of a log with any bytes: it opens, is read to its end, and takes a record more. */
final class LogFuzzTest {
  @Test
  void segments() throws Exception {
    Path dir = Logs.newFolder();
    try {
      byte[] seed;
      try (SegmentLog log = SegmentLog.open(dir, LogOptions.DEFAULTS)) {
        for (int i = 0; i < 20; i++) {
          log.append(Logs.payload(i, 10 * i));
        }
      }
      Path segment = Logs.segments(dir).get(0);
      seed = Files.readAllBytes(segment);
      Fuzz.of("log segments", IOException.class)
          .run(200, List.of(seed), input -> read(dir, segment, input));
    } finally {
      Logs.delete(dir);
    }
  }

  private static void read(Path dir, Path segment, byte[] input) throws IOException {
    for (Path old : Logs.segments(dir)) {
      Files.delete(old);
    }
    Files.write(segment, input);
    try (SegmentLog log = SegmentLog.open(dir, LogOptions.DEFAULTS)) {
      log.append(Logs.payload(1, 5));
      try (LogReader reader = log.read(0)) {
        LogRecord last = null;
        for (LogRecord next = reader.next(); next != null; next = reader.next()) {
          last = next;
        }
        if (last == null || !last.payload().equals(Logs.payload(1, 5))) {
          throw new AssertionError("what is appended afterwards is not found");
        }
      }
    }
  }
}
