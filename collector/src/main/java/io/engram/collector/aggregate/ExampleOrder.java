package io.engram.collector.aggregate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Orders in which training examples can be listed; ties in ascending order of the ids. */
public enum ExampleOrder {
  /** Fewest correct predictions first (so: never learned first), then highest cumulative loss. */
  HARDEST,
  /** Most forgetting events first, then fewest correct predictions. */
  MOST_FORGOTTEN,
  /** Lowest mean margin first; NaN last. */
  LOWEST_MARGIN,
  /** Highest {@link MislabelScore#COMBINED} of the latest ranking first, then lowest margin. */
  SUSPECT,
  /** Lowest mean margin first, as {@link #LOWEST_MARGIN}. */
  AUM,
  /** Highest cumulative loss first; NaN last. */
  CSL,
  /** Never learned first, then most forgetting events. */
  FORGETTING,
  /** Highest cumulative input gradient first; NaN last. */
  CSG;

  /** The name in lower case with {@code -}, as in {@code most-forgotten}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The labels of all orders. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ExampleOrder::label).toList();
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
        "order '%s' is not one of %s".formatted(label, String.join(", ", labels())));
  }
}
