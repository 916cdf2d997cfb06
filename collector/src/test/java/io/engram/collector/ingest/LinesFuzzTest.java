package io.engram.collector.ingest;

import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import io.engram.events.RunId;
import io.engram.events.fuzz.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies of lines: taken, or refused with the line and the field. */
final class LinesFuzzTest {
  private static final RunId RUN = new RunId("alpha");

  @Test
  void lines() throws Exception {
    Fuzz.of("NDJSON lines", UnreadableLinesException.class, TooLongException.class)
        .run(20_000, seeds(), input -> EventLines.read(input, RUN, 1, 0, true));
  }

  @Test
  void compressedLines() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] seed : seeds()) {
      seeds.add(gzip(seed));
    }
    Fuzz.of("compressed lines", UnreadableLinesException.class, TooLongException.class)
        .run(5_000, seeds, input -> EventLines.read(EventLines.inflate(input), RUN, 1, 0, true));
  }

  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (EventEnvelope example : EventExamples.all()) {
      String line = EventJson.lines(List.of(example));
      if (line.length() < 8_000) {
        seeds.add(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return seeds;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }
}
