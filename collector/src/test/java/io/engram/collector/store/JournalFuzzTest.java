package io.engram.collector.store;

import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import io.engram.events.fuzz.Fuzz;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal with any bytes is read to its end, and what is damaged is counted. */
final class JournalFuzzTest {
  @TempDir Path dir;

  @Test
  void segments() throws Exception {
    Path whole = dir.resolve("whole");
    try (Journal journal = Journal.open(whole, 0)) {
      EventExamples.all().forEach(each -> journal.append(EventParcel.of(List.of(each))).join());
    }
    List<byte[]> seeds = new ArrayList<>();
    Path segment = segments(whole).get(0);
    seeds.add(Files.readAllBytes(segment));
    Fuzz.of("journal segments", IOException.class)
        .run(
            200,
            seeds,
            input -> {
              Files.write(segment, input);
              try (Journal journal = Journal.toRead(whole);
                  JournalReader reader = journal.read(0)) {
                while (reader.next() != null) {
                  continue;
                }
              }
            });
  }

  /** Records whose checksums are right. */
  @Test
  void records() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (EventEnvelope each : EventExamples.all()) {
      ByteBuffer record = JournalRecord.of(EventParcel.of(List.of(each)), 0);
      byte[] bytes = new byte[record.remaining()];
      record.get(bytes);
      seeds.add(bytes);
    }
    Fuzz.of("journal records", IllegalArgumentException.class)
        .run(20_000, seeds, input -> JournalRecord.read(0, ByteBuffer.wrap(input)));
  }

  private static List<Path> segments(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }
}
