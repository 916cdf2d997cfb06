package io.engram.events;

import java.util.regex.Pattern;

/**
 * The name of one of several collectors on a bus: a DNS label of 1 to 63 characters, as it is the
 * name of a pod. A run's events go to one shard for life.
 *
 * @param name the name
 */
public record Shard(String name) implements Comparable<Shard> {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** A collector that was given no name. */
  public static final Shard DEFAULT = new Shard("default");

  /**
   * @throws IllegalArgumentException if {@code name} is not a DNS label
   */
  public Shard {
    if (!DNS_LABEL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "shard '%s' is not a DNS label: use 1 to 63 of a-z, 0-9 and inner '-'".formatted(name));
    }
  }

  @Override
  public int compareTo(Shard other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
