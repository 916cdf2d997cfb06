package io.engram.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.collector.SyntheticRun;
import io.engram.events.EventBatch;
import io.engram.events.RunId;
import io.engram.events.delivery.Inbox;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final RunId ALPHA = new RunId("alpha");
  private static final RunId BETA = new RunId("beta");

  @TempDir Path state;

  private Path journal() {
    return state.resolve("journal");
  }

  private static EventParcel parcel(EventBatch batch) {
    return EventParcel.of(batch.envelopes());
  }

  /** Alpha is filed away; of beta a parcel stands there twice, and an old start says more. */
  private void write() throws IOException {
    SyntheticRun alpha = new SyntheticRun("alpha", 0.4, "dense0");
    SyntheticRun beta = new SyntheticRun("beta", 0, "dense0");
    try (Journal journal = Journal.open(journal(), 0)) {
      journal.append(parcel(alpha.start())).join();
      journal.append(parcel(beta.start())).join();
      for (int i = 0; i < 8; i++) {
        journal.append(parcel(alpha.step())).join();
        EventParcel step = parcel(beta.step());
        journal.append(step).join();
        if (i == 3) {
          journal.append(step).join();
          journal.note();
        }
      }
      journal.appendRetired(ALPHA).join();
      journal.append(parcel(beta.step())).join();
    }
  }

  /** What a replay applies: the bytes of each parcel and from where on they count. */
  private static List<String> applied(Path journal) {
    List<String> applied = new ArrayList<>();
    try (Journal read = Journal.toRead(journal)) {
      new Replay(
              read,
              new Replay.Target() {
                @Override
                public @Nullable Inbox begin(RunId run) {
                  return null;
                }

                @Override
                public long position(RunId run) {
                  return 0;
                }

                @Override
                public void apply(EventParcel parcel, long from) {
                  applied.add(parcel + " from " + from + ": " + parcel.frames().hashCode());
                }

                @Override
                public void retire(RunId run) {
                  applied.removeIf(parcel -> parcel.contains("run " + run));
                }
              })
          .run(0, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return applied;
  }

  @Test
  void whatReplayAppliesIsTheSameAndTheIndicesEndWhereTheyDid() throws IOException {
    write();
    List<String> before = applied(journal());
    long next;
    try (Journal read = Journal.toRead(journal())) {
      next = read.nextIndex();
    }

    Compaction.Result done = new Compaction(journal(), ALPHA::equals).run();

    assertThat(before).hasSize(10);
    assertThat(done.kept()).isEqualTo(10);
    assertThat(done.records()).isEqualTo(next);
    assertThat(applied(journal())).isEqualTo(before);
    try (Journal read = Journal.toRead(journal());
        JournalReader reader = read.read(read.firstIndex())) {
      assertThat(read.nextIndex()).isEqualTo(next);
      assertThat(read.firstIndex()).isEqualTo(next - 11);
      assertThat(read.bytes()).isEqualTo(done.bytesAfter()).isLessThan(done.bytesBefore());
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        assertThat(record.durable()).isEqualTo(record.index());
      }
      assertThat(reader.lost()).isZero();
    }
    assertThat(new Compaction(journal(), ALPHA::equals).run())
        .as("again, nothing is left to do")
        .isEqualTo(new Compaction.Result(11, 11, done.bytesAfter(), done.bytesAfter()));
  }

  @Test
  void aRunWhoseFileIsNotThereStays() throws IOException {
    write();

    new Compaction(journal(), BETA::equals).run();

    try (Journal read = Journal.toRead(journal());
        JournalReader reader = read.read(read.firstIndex())) {
      Set<RunId> runs = new HashSet<>();
      List<RunId> retired = new ArrayList<>();
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        if (record.parcel() != null) {
          runs.add(record.parcel().run());
        }
        if (record.retired() != null) {
          retired.add(record.retired());
        }
      }
      assertThat(runs).containsExactlyInAnyOrder(ALPHA, BETA);
      assertThat(retired).containsExactly(ALPHA);
    }
  }

  @Test
  void killedAtAnyMomentItLeavesOneThatIsWhole() throws IOException {
    write();
    List<String> expected = applied(journal());
    List<Path> left = new ArrayList<>();
    new Compaction(
            journal(),
            ALPHA::equals,
            () -> left.add(copy(state.resolveSibling(state.getFileName() + "-" + left.size()))))
        .run();

    assertThat(left).hasSizeGreaterThan(14);
    assertThat(left.stream().filter(copy -> Files.notExists(copy.resolve("journal")))).hasSize(1);
    for (Path copy : left) {
      assertThat(Compaction.isJournal(copy.resolve("journal"))).isTrue();
      assertThat(applied(copy.resolve("journal"))).as("%s, read", copy).isEqualTo(expected);
      Journal.open(copy.resolve("journal"), 0).close();
      assertThat(applied(copy.resolve("journal"))).as("%s, opened", copy).isEqualTo(expected);
      try (Stream<Path> files = Files.list(copy)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("journal", "journal.lock");
      }
    }
  }

  @Test
  void whatIsInUseOrDamagedIsRefused() throws IOException {
    write();
    try (Journal open = Journal.open(journal(), 0)) {
      assertThat(open.nextIndex()).isPositive();
      assertThatThrownBy(() -> new Compaction(journal(), ALPHA::equals).run())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by a collector");
      assertThatThrownBy(() -> Journal.open(journal(), 0)).hasMessageContaining("is in use");
      assertThat(applied(journal())).hasSize(10);
    }
    Path segment = journal().resolve("0000000000000000000.log");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);

    assertThatThrownBy(() -> new Compaction(journal(), ALPHA::equals).run())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("1 records of the journal ");
    assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
  }

  private Path copy(Path to) {
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(state.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
