package io.engram.events.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Short words for tests of logs. */
final class Logs {
  private Logs() {}

  static ByteBuffer payload(int seed, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * seed + 7 * i + (i >> 3));
    }
    return ByteBuffer.wrap(bytes);
  }

  /** All records by their index. */
  static Map<Long, ByteBuffer> read(SegmentLog log, long from) {
    Map<Long, ByteBuffer> read = new TreeMap<>();
    try (LogReader reader = log.read(from)) {
      for (LogRecord r = reader.next(); r != null; r = reader.next()) {
        read.put(r.index(), r.payload());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  static List<Path> segments(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return new ArrayList<>(files.filter(f -> f.toString().endsWith(".log")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path newFolder() {
    try {
      return Files.createTempDirectory("engram-log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path dir) {
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
