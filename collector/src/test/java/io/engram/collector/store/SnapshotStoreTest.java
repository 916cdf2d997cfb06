package io.engram.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.collector.aggregate.FixedRuns;
import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.watch.Watches;
import io.engram.events.EventComparison;
import io.engram.events.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
  private static final int HEADER = 24;

  @TempDir Path parent;

  private final Runs runs = FixedRuns.runs();
  private final Watches watches = new Watches();

  private Path dir() {
    return parent.resolve("state");
  }

  private SnapshotStore store() {
    return new SnapshotStore(dir());
  }

  private Path file(String run) {
    return dir().resolve(run + ".snapshot");
  }

  private void writeAll() throws IOException {
    for (RunAggregate run : runs.all()) {
      store().write(SavedRun.of(run, watches.of(run)));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void restoresWhatWasWritten() throws IOException {
    writeAll();
    writeAll();
    SnapshotStore.Restored restored = store().restore();
    assertThat(restored.problems()).isEmpty();
    Runs again = new Runs(() -> Instant.EPOCH);
    restored.runs().forEach(each -> again.add(each.run()));
    assertThat(again.snapshot().runs())
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(runs.snapshot().runs());
    assertThat(names()).containsExactly("diverging.snapshot", "memorizing.snapshot");
  }

  @Test
  void aStateOfSeveralChunksIsRestored() throws IOException {
    RunAggregate large = Objects.requireNonNull(FixedRuns.large(20_000).find(new RunId("large")));
    SavedRun saved = SavedRun.of(large, watches.of(large));
    assertThat(saved.bytes().length()).isGreaterThan(1_000_000);
    store().write(saved);
    assertThat(store().restore().runs().get(0).run().snapshot())
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(large.snapshot());
  }

  @Test
  void nothingIsRestoredFromNothing() throws IOException {
    assertThat(store().restore()).isEqualTo(new SnapshotStore.Restored(List.of(), List.of()));
    assertThat(dir()).isEmptyDirectory();
  }

  @Test
  void aWriteThatWasCutOffLeavesTheOldFile() throws IOException {
    writeAll();
    Files.write(dir().resolve("memorizing.snapshot.tmp"), new byte[100]);
    SnapshotStore.Restored restored = store().restore();
    assertThat(restored.problems()).isEmpty();
    assertThat(restored.runs()).hasSize(2);
    writeAll();
    assertThat(names()).containsExactly("diverging.snapshot", "memorizing.snapshot");
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    writeAll();
    byte[] good = Files.readAllBytes(file("memorizing"));
    for (int position = 0; position < good.length; position += position < 64 ? 1 : 97) {
      byte[] bad = good.clone();
      bad[position] ^= (byte) (1 << (position % 8));
      Files.write(file("memorizing"), bad);
      SnapshotStore.Restored restored = store().restore();
      assertThat(restored.runs()).as("byte %d", position).hasSize(1);
      assertThat(restored.problems()).hasSize(1);
      Path aside = dir().resolve("memorizing.snapshot.unreadable");
      assertThat(aside).hasBinaryContent(bad);
      Files.delete(aside);
    }
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    writeAll();
    byte[] good = Files.readAllBytes(file("memorizing"));
    for (int length : new int[] {0, 1, HEADER - 1, HEADER, HEADER + 1, good.length - 1}) {
      Files.write(file("memorizing"), Arrays.copyOf(good, length));
      assertThat(store().restore().problems()).as("%d bytes", length).hasSize(1);
    }
    Files.write(file("memorizing"), Arrays.copyOf(good, good.length + 1));
    assertThat(store().restore().problems()).hasSize(1);
    assertThat(names())
        .contains("memorizing.snapshot.unreadable", "memorizing.snapshot.unreadable6");
  }

  @Test
  void problemsSayWhatIsWrongAndWhereTheFileIsKept() throws IOException {
    writeAll();
    byte[] newer = Files.readAllBytes(file("memorizing"));
    newer[11] = 7;
    Files.write(file("memorizing"), newer);
    Files.writeString(file("diverging"), "this is a text of some more bytes than a header");
    assertThat(store().restore().problems())
        .containsExactly(
            file("diverging")
                + " is left out and kept as diverging.snapshot.unreadable:"
                + " it does not begin like the snapshot of a run",
            file("memorizing")
                + " is left out and kept as memorizing.snapshot.unreadable:"
                + " it has format version 7, but this collector reads version 3");
    assertThat(store().restore().problems()).isEmpty();
  }

  @Test
  void aRetiredRunIsKeptButNotRestored() throws IOException {
    writeAll();
    RunAggregate run = Objects.requireNonNull(runs.find(new RunId("diverging")));
    store().retire(SavedRun.of(run, watches.of(run)));
    assertThat(store().restore().runs())
        .extracting(restored -> restored.run().run())
        .containsExactly(new RunId("memorizing"));
    assertThat(dir().resolve("retired").resolve("diverging.snapshot")).isNotEmptyFile();
    assertThat(new SnapshotStore(dir().resolve("retired")).restore().runs()).hasSize(1);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAnError() throws IOException {
    Files.writeString(dir(), "a file is in the way");
    assertThatThrownBy(() -> store().restore()).isInstanceOf(IOException.class);
    assertThatThrownBy(this::writeAll).isInstanceOf(IOException.class);
  }
}
