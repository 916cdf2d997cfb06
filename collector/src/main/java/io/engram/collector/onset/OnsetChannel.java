package io.engram.collector.onset;

import java.util.Locale;

/** What an alarm speaks of. */
public enum OnsetChannel {
  /** Single examples influence what the network says of them: memorization has become possible. */
  WARN,
  /** Labels that contradict what the network has learned are being fitted. */
  ONSET,
  /** What was learned is being lost. */
  HARM;

  /** The value of the {@code channel} label: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
