package io.engram.events;

import java.util.regex.Pattern;

/**
 * The name of a run: a DNS label of 1 to 63 characters ({@code a-z}, {@code 0-9} and inner {@code
 * -}), so that it can stand unchanged in a metric label, a URL path, a file name and a Kubernetes
 * name.
 *
 * @param value the name
 */
public record RunId(String value) implements Comparable<RunId> {
  private static final int LONGEST_SHOWN = 80;
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if {@code value} is not a DNS label
   */
  public RunId {
    if (!DNS_LABEL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "run id '%s' is not a DNS label: use 1 to 63 of a-z, 0-9 and inner '-'"
              .formatted(shown(value)));
    }
  }

  /** In one line of an error, whatever it is. */
  private static String shown(String value) {
    String start =
        value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
    return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0085\\u2028\\u2029]", "?");
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
