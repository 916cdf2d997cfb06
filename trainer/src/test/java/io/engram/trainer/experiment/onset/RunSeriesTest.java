package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.wire.WireFormatV1;
import io.engram.trainer.experiment.grid.RunSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSeriesTest {
  @TempDir Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("run.series.gz");
    RunSeries.write(file, events());
    return file;
  }

  private static List<EventEnvelope> events() {
    return new Made()
        .look(0, ExampleRole.TRAINING, true, new int[] {1, 2, 3})
        .look(5, ExampleRole.TRAINING, true, new int[] {1, 2, 3})
        .finished(10);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    List<EventEnvelope> read = RunSeries.read(written());

    assertThat(WireFormatV1.encode(read)).isEqualTo(WireFormatV1.encode(events()));
    assertThat(read).hasSize(4);
    assertThat(folder).isDirectoryContaining("glob:**.gz").isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aTruncatedOrDamagedFileIsRefused() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> RunSeries.read(file)).isInstanceOf(IOException.class);

    Files.writeString(file, "no series");
    assertThatThrownBy(() -> RunSeries.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void aFrameThatCannotBeReadOrAMissingEndIsRefused() throws IOException {
    Path file = written();
    byte[] frames;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      frames = in.readAllBytes();
    }
    byte[] damaged = frames.clone();
    damaged[frames.length / 2] ^= 1;
    Files.write(file, zipped(damaged));
    assertThatThrownBy(() -> RunSeries.read(file)).hasMessageContaining("cannot be read");

    RunSeries.write(file, events().subList(0, 2));
    assertThatThrownBy(() -> RunSeries.read(file)).hasMessageContaining("does not reach the end");
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
