package io.engram.collector;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time at which it was made, and what went by since: a system clock that jumps makes nothing
 * old.
 */
record SteadyClock(Instant begin, long beginNanos, LongSupplier nanos) implements InstantSource {
  static SteadyClock begin(InstantSource clock, LongSupplier nanos) {
    return new SteadyClock(clock.instant(), nanos.getAsLong(), nanos);
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanos.getAsLong() - beginNanos);
  }
}
