package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.Runs;
import io.engram.events.EventBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private final AtomicReference<Instant> system =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicLong nanos = new AtomicLong(-7);

  @Test
  void aJumpOfTheSystemsClockFilesNoRunAway() {
    Runs runs = new Runs(SteadyClock.begin(system::get, nanos::get));
    EventBatch batch = new SyntheticRun("alpha", 0).start();
    runs.apply(batch);
    system.set(Instant.parse("2036-01-01T00:00:00Z"));
    assertThat(runs.removeIdle(Duration.ofHours(24))).isEmpty();
    nanos.addAndGet(Duration.ofHours(23).toNanos());
    assertThat(runs.removeIdle(Duration.ofHours(24))).isEmpty();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(runs.removeIdle(Duration.ofHours(24))).hasSize(1);
  }
}
