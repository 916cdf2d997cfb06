package io.engram.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Schedules of the protocol: {@code -Dengram.schedules=1000000} runs that many, {@code
 * -Dengram.schedule=SEED} the one of a seed.
 */
class SimulationTest {
  private static final long SCHEDULES = Long.getLong("engram.schedules", 60_000);
  private static final int TO_FIND_A_FAULT = 60_000;

  @Test
  void everyScheduleKeepsEveryEventExactlyOnce() {
    Long one = Long.getLong("engram.schedule");
    long first = one == null ? 0 : one;
    long count = one == null ? SCHEDULES : 1;
    AtomicReference<String> violation = new AtomicReference<>();
    LongStream.range(first, first + count)
        .parallel()
        .forEach(
            seed -> {
              try {
                Simulation.run(seed(seed), Broken.NOTHING);
              } catch (RuntimeException e) {
                violation.compareAndSet(
                    null,
                    "schedule %d: %s; -Dengram.schedule=%d repeats it".formatted(seed, e, seed));
              }
            });
    assertThat(violation.get()).isNull();
  }

  @Test
  void everyReasonToDropOccurs() {
    Map<String, Integer> reasons = new HashMap<>();
    for (int seed = 0; seed < 2_000; seed++) {
      Simulation.run(seed(seed), Broken.NOTHING)
          .reasons
          .forEach((reason, n) -> reasons.merge(reason, n, Integer::sum));
    }
    assertThat(reasons).containsOnlyKeys("queue_full", "disk", "spool_full", "evicted");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NOTHING")
  void noticesARuleThatIsBroken(Broken broken) {
    for (int seed = 0; seed < TO_FIND_A_FAULT; seed++) {
      try {
        Simulation.run(seed(seed), broken);
      } catch (RuntimeException found) {
        return;
      }
    }
    fail("nothing noticed in %d schedules", TO_FIND_A_FAULT);
  }

  private static long seed(long number) {
    return new SplittableRandom(number).nextLong();
  }
}
