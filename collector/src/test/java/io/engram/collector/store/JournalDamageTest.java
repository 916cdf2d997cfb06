package io.engram.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.StepCompleted;
import io.engram.events.delivery.Inbox;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small journal, damaged in every way in which one bit can be. */
class JournalDamageTest {
  private static final RunId RUN = new RunId("a");
  private static final int PARCELS = 5;
  private static final int EVENTS = 2;
  private static final int NOW_AND_THEN = 251;

  @TempDir Path dir;
  private final List<Integer> ends = new ArrayList<>();
  private Path segment;

  @BeforeEach
  void write() throws IOException {
    segment = dir.resolve("journal").resolve("0000000000000000000.log");
    try (Journal journal = Journal.open(dir.resolve("journal"), 0)) {
      for (int i = 0; i < PARCELS; i++) {
        journal.append(parcel(i)).join();
        ends.add((int) Files.size(segment));
      }
    }
  }

  @Test
  void everyFlippedBitCostsTheParcelThatItHitsAndNothingElse() throws IOException {
    byte[] whole = Files.readAllBytes(segment);
    assertThat(whole.length).as("with a note of what is on the disk").isGreaterThan(ends.get(4));
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] hit = whole.clone();
      hit[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(segment, hit);
      int victim = victim(bit / 8);
      try (Journal journal = Journal.open(dir.resolve("journal"), 0)) {
        Taken taken = new Taken();
        Replay replay = new Replay(journal, taken);
        replay.run(0, true);
        assertThat(taken.sequences)
            .as("bit %d", bit)
            .isEqualTo(
                LongStream.range(0, (long) PARCELS * EVENTS)
                    .filter(sequence -> sequence / EVENTS != victim)
                    .boxed()
                    .toList());
        if (bit % NOW_AND_THEN == 0) {
          assertThat(journal.append(parcel(PARCELS)).join()).isGreaterThanOrEqualTo(PARCELS);
        }
      }
    }
  }

  private int victim(int at) {
    int record = 0;
    while (record < PARCELS && at >= ends.get(record)) {
      record++;
    }
    return record;
  }

  private static EventParcel parcel(int i) {
    List<EventEnvelope> events = new ArrayList<>();
    for (long s = (long) i * EVENTS; s < (i + 1L) * EVENTS; s++) {
      events.add(new EventEnvelope(RUN, 1, s, 0, s, 0, new StepCompleted(10, 5, 1.0, 0.1, 0.01)));
    }
    return EventParcel.of(events);
  }

  private static final class Taken implements Replay.Target {
    final List<Long> sequences = new ArrayList<>();

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
      parcel.decode().envelopes().stream()
          .map(EventEnvelope::sequence)
          .filter(sequence -> sequence > from)
          .forEach(sequences::add);
    }

    @Override
    public void retire(RunId run) {
      throw new AssertionError("nothing was retired");
    }
  }
}
