package io.engram.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.RunId;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.WireFormatV1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  private static final RunId RUN = new RunId("a");
  private static final StepCompleted STEP = new StepCompleted(10, 5, 1.0, 0.1, 0.01);
  private static final long ROOMY = 1 << 24;

  @TempDir Path dir;
  private final DropCounters dropped = new DropCounters();

  @Test
  void givesBothKindsOfEventsInTheOneOrder() throws IOException {
    Spool spool = spool(ROOMY);
    for (int i = 0; i < 50; i++) {
      spool.append(event(1, i, i % 3 == 1 ? examples(20) : STEP));
    }
    List<SpooledBatch> batches = new ArrayList<>();
    List<Long> sequences = drain(spool, 7, batches);

    assertThat(sequences).containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
    assertThat(batches).allMatch(batch -> batch.count() <= 7).hasSize(8);
    assertThat(spool.take(7, 1 << 20)).isNull();
    spool.close();
  }

  @Test
  void whatWasNotAcknowledgedComesFirstAfterACrash() throws IOException {
    Spool spool = spool(ROOMY);
    for (int i = 0; i < 20; i++) {
      spool.append(event(1, i, i % 2 == 0 ? STEP : examples(3)));
    }
    SpooledBatch taken = spool.take(8, 1 << 20);
    spool.release(taken);
    spool.noteAcknowledged();
    spool.close();

    Spool again = spool(ROOMY);
    assertThat(again.lastIncarnation()).isEqualTo(1);
    again.append(event(2, 0, STEP));
    List<SpooledBatch> batches = new ArrayList<>();
    List<Long> sequences = drain(again, 100, batches);

    List<Long> expected = new ArrayList<>(LongStream.range(8, 20).boxed().toList());
    expected.add(0L);
    assertThat(sequences).isEqualTo(expected);
    assertThat(batches).extracting(SpooledBatch::incarnation).containsExactly(1L, 2L);
    again.close();
  }

  @Test
  void evictsObservationsOfExamplesAndCountsThemAndNothingElse() throws IOException {
    Spool spool = spool(1 << 16);
    int sent = 0;
    for (int i = 0; i < 400; i++) {
      spool.append(event(1, i, i % 2 == 0 ? STEP : examples(20)));
      sent += i % 2 == 0 ? 0 : 1;
    }
    assertThat(spool.bytes()).isLessThanOrEqualTo((1 << 16) + 2_000);
    long evicted = dropped.byReason().get("evicted");
    assertThat(evicted).isPositive();

    List<Long> sequences = drain(spool, 100, new ArrayList<>());

    assertThat(sequences).isSorted().doesNotHaveDuplicates();
    assertThat(sequences.stream().filter(s -> s % 2 == 0)).hasSize(200);
    assertThat(sequences.stream().filter(s -> s % 2 == 1)).hasSize(sent - (int) evicted);
    assertThat(dropped.byReason()).containsOnlyKeys("evicted");
    spool.close();
  }

  @Test
  void whatWasEvictedBeforeACrashIsReportedAfterIt() throws IOException {
    Spool spool = spool(1 << 16);
    for (int i = 0; i < 200; i++) {
      spool.append(event(1, i, examples(20)));
    }
    long told = dropped.byReason().get("evicted");
    spool.append(
        event(
            1,
            200,
            new TrainerReported(TrainerReported.State.RUNNING, 200, Map.of("evicted", told))));
    for (int i = 201; i < 400; i++) {
      spool.append(event(1, i, examples(20)));
    }
    long evicted = dropped.byReason().get("evicted");
    assertThat(evicted).isGreaterThan(told);
    spool.close();

    DropCounters next = new DropCounters();
    Spool again = spool(1 << 16, next);
    assertThat(next.byReason()).isEqualTo(Map.of("evicted", evicted - told));
    again.append(
        event(2, 0, new TrainerReported(TrainerReported.State.RUNNING, 0, next.byReason())));
    again.close();

    DropCounters last = new DropCounters();
    spool(1 << 16, last).close();
    assertThat(last.byReason()).isEqualTo(Map.of());
  }

  @Test
  void dropsTheNewestWhenNothingCanBeEvicted() throws IOException {
    Spool spool = spool(1 << 16);
    for (int i = 0; i < 2_000; i++) {
      spool.append(event(1, i, STEP));
    }
    List<Long> sequences = drain(spool, 1_000, new ArrayList<>());

    long full = dropped.byReason().get("spool_full");
    assertThat(sequences)
        .containsExactlyElementsOf(LongStream.range(0, 2_000 - full).boxed().toList());
    assertThat(spool.bytes()).isLessThanOrEqualTo((1 << 16) + 2_000);
    spool.close();
  }

  @Test
  void isFreedByAcknowledgements() throws IOException {
    Spool spool = spool(1 << 16);
    for (int i = 0; i < 20_000; i++) {
      spool.append(event(1, i, i % 2 == 0 ? STEP : examples(5)));
      if (i % 100 == 99) {
        SpooledBatch batch = spool.take(100, 1 << 20);
        assertThat(batch.last()).isEqualTo(i);
        spool.release(batch);
      }
    }
    assertThat(dropped.byReason()).isEqualTo(Map.of());
    assertThat(spool.bytes()).isLessThan(1 << 15);
    spool.close();
  }

  /** The power went when the disk had all of one lane and a part of the other. */
  @ParameterizedTest
  @ValueSource(strings = {"kept", "examples"})
  void aTornLaneCostsTheEndOfTheOrderAndLeavesNoHole(String torn) throws IOException {
    int dropped = 7;
    Spool spool = spool(ROOMY);
    for (int i = 0; i < 50; i++) {
      if (i != dropped) {
        spool.append(event(1, i, i % 3 == 1 ? examples(20) : STEP));
      }
    }
    spool.close();
    Path lane = dir.resolve(torn).resolve("0000000000000000000.log");
    byte[] whole = Files.readAllBytes(lane);
    Files.write(lane, Arrays.copyOf(whole, whole.length / 2));

    Spool again = spool(ROOMY);
    again.append(event(2, 0, STEP));
    List<Long> sequences = drain(again, 100, new ArrayList<>());
    again.close();

    List<Long> expected = new ArrayList<>(LongStream.range(0, sequences.size()).boxed().toList());
    expected.remove(dropped);
    expected.add(0L);
    assertThat(sequences).hasSizeBetween(15, 35).isEqualTo(expected);
  }

  /** What was forced together is not given up for damage that hits it later. */
  @Test
  void damageToWhatWasForcedCostsItsRecordAlone() throws IOException {
    Spool spool = spool(ROOMY);
    for (int i = 0; i < 10; i++) {
      spool.append(event(1, i, i == 4 || i == 8 ? examples(20) : STEP));
    }
    spool.commit().join();
    spool.append(event(1, 10, examples(20)));
    spool.append(event(1, 11, STEP));
    spool.close();
    Path lane = dir.resolve("examples").resolve("0000000000000000000.log");
    byte[] bytes = Files.readAllBytes(lane);
    bytes[bytes.length / 4] ^= 1;
    Files.write(lane, bytes);

    Spool again = spool(ROOMY);
    List<Long> sequences = drain(again, 100, new ArrayList<>());
    again.close();

    assertThat(sequences).containsExactly(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
  }

  @Test
  void asecondTrainerOfTheRunIsKeptOut() throws IOException {
    Spool spool = spool(ROOMY);
    assertThatThrownBy(() -> spool(ROOMY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another trainer of this run uses it");
    spool.close();
    spool(ROOMY).close();
  }

  private Spool spool(long quota) throws IOException {
    return spool(quota, dropped);
  }

  private Spool spool(long quota, DropCounters counters) throws IOException {
    return new Spool(new SpoolOptions(dir, quota), counters);
  }

  private static List<Long> drain(Spool spool, int most, List<SpooledBatch> batches)
      throws IOException {
    List<Long> sequences = new ArrayList<>();
    for (@Nullable SpooledBatch batch = spool.take(most, 1 << 20);
        batch != null;
        batch = spool.take(most, 1 << 20)) {
      batches.add(batch);
      List<EventEnvelope> read = WireFormatV1.decode(batch.frames()).envelopes();
      assertThat(read).hasSize(batch.count());
      assertThat(read.get(0).sequence()).isEqualTo(batch.first());
      read.forEach(envelope -> sequences.add(envelope.sequence()));
      assertThat(sequences.get(sequences.size() - 1)).isEqualTo(batch.last());
    }
    return sequences;
  }

  private static EventEnvelope event(long incarnation, long sequence, TrainingEvent event) {
    return new EventEnvelope(RUN, incarnation, sequence, 0, sequence, 0, event);
  }

  private static ExamplesClassified examples(int n) {
    return new ExamplesClassified(
        new int[n],
        new int[n],
        new int[n],
        new float[n],
        new float[n],
        new float[0],
        new float[0],
        new float[0],
        new float[0]);
  }
}
