package io.engram.trainer.experiment.grid;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunFinished;
import io.engram.events.wire.WireFormatV1;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The events of a whole run in a file: gzip around frames of {@link WireFormatV1}. */
public final class RunSeries {
  private static final int BUFFER = 1 << 16;

  private RunSeries() {}

  /** Writes all of it or nothing. */
  public static void write(Path file, List<EventEnvelope> events) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), BUFFER);
        WritableByteChannel channel = Channels.newChannel(out)) {
      ByteBuffer bytes = WireFormatV1.encode(events);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @throws IOException if it cannot be read, is damaged, or does not reach the end of its run
   */
  public static List<EventEnvelope> read(Path file) throws IOException {
    List<EventEnvelope> events = readSoFar(file);
    if (events.isEmpty() || !(events.get(events.size() - 1).event() instanceof RunFinished)) {
      throw new IOException("it does not reach the end of the run");
    }
    return events;
  }

  /**
   * The same of a run that need not have ended.
   *
   * @throws IOException if it cannot be read or is damaged
   */
  public static List<EventEnvelope> readSoFar(Path file) throws IOException {
    EventBatch batch;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER)) {
      batch = WireFormatV1.decode(ByteBuffer.wrap(in.readAllBytes()));
    }
    if (batch.undecodable() > 0) {
      throw new IOException("%d frames of it cannot be read".formatted(batch.undecodable()));
    }
    return batch.envelopes();
  }
}
