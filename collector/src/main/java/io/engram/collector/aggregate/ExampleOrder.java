package io.engram.collector.aggregate;

import java.util.Locale;

/** Orders in which training examples can be listed; ties in ascending order of the ids. */
public enum ExampleOrder {
  /** Fewest correct predictions first (so: never learned first), then highest cumulative loss. */
  HARDEST,
  /** Most forgetting events first, then fewest correct predictions. */
  MOST_FORGOTTEN,
  /** Lowest mean margin first; NaN last. */
  LOWEST_MARGIN;

  /** The name in lower case with {@code -}, as in {@code most-forgotten}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The order of that {@link #label()}.
   *
   * @throws IllegalArgumentException if no order has that {@link #label()}
   */
  public static ExampleOrder of(String label) {
    for (ExampleOrder order : values()) {
      if (order.label().equals(label)) {
        return order;
      }
    }
    throw new IllegalArgumentException(
        "order '%s' is not one of hardest, most-forgotten, lowest-margin".formatted(label));
  }
}
