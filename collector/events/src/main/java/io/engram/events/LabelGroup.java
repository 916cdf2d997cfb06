package io.engram.events;

import java.util.Locale;

/** Examples told apart by what is known of their given label. There is no group for all of them. */
public enum LabelGroup {
  /** The given label is the true one, or nothing is known against it. */
  CLEAN,
  /** The given label is known to differ from the true one. */
  FLIPPED;

  /** The value of the {@code labels} label: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
