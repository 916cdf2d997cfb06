package io.engram.collector.onset;

import java.util.Locale;

/** What a detector or channel says. */
public enum OnsetLevel {
  /** It cannot tell: its assumptions are not met, or not yet. */
  UNKNOWN,
  /** It sees nothing. */
  QUIET,
  /** It sees what it looks for. */
  RAISED;

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
