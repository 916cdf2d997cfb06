package io.engram.events.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a crash leaves at the end of a log. */
final class Damage {
  private Damage() {}

  /** Part of a record that was never finished, zeros, or noise. */
  static void appendTo(List<Path> segments, Random random) throws IOException {
    ByteBuffer payload = Logs.payload(random.nextInt(), 40);
    byte[] torn = new byte[random.nextInt(RecordFormat.HEADER_BYTES + 40)];
    switch (random.nextInt(3)) {
      case 0 -> {
        ByteBuffer whole = ByteBuffer.allocate(RecordFormat.HEADER_BYTES + 40);
        whole.put(RecordFormat.header(1L << 40, payload)).put(payload);
        torn = Arrays.copyOf(whole.array(), torn.length);
      }
      case 1 -> random.nextBytes(torn);
      default -> {
        // zeros
      }
    }
    Files.write(segments.get(segments.size() - 1), torn, StandardOpenOption.APPEND);
  }
}
