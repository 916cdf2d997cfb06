package io.engram.events;

import java.util.Locale;

/** What an alarm says. The channels are never merged into one number. */
public enum OnsetChannel {
  /** Memorization is possible now: points that the run made wrong itself have influence. */
  WARN,
  /** Wrong labels among the given ones are being fitted. */
  ONSET,
  /** Generalization is falling. */
  HARM;

  /** The value of the {@code channel} label and of run files: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
