package io.engram.events;

import java.util.Locale;

/** What an alarm says. The channels are never merged into one number. */
public enum OnsetChannel {
  /** Single examples influence what the network says of them: memorization is possible now. */
  WARN,
  /** Labels that contradict what the network has learned are being fitted. */
  ONSET,
  /** What was learned is being lost. */
  HARM;

  /** The value of the {@code channel} label and of run files: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
