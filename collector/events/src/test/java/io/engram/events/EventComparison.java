package io.engram.events;

import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** How AssertJ compares events: arrays by content, numbers by their bits, NaN included. */
public final class EventComparison {
  private EventComparison() {}

  /** For {@code assertThat(…).usingRecursiveComparison(EventComparison.exact())}. */
  public static RecursiveComparisonConfiguration exact() {
    return RecursiveComparisonConfiguration.builder()
        .withEqualsForType(Double::equals, Double.class)
        .withEqualsForType(Float::equals, Float.class)
        .build();
  }
}
