package io.engram.events;

import java.util.Locale;

/** What a loss-sensitivity is the derivative of, and through what. */
public enum SensitivityKind {
  /**
   * That of Arpit et al. 2017, §3.2: the loss after t updates differentiated by an example that was
   * used earlier, through all updates since the first.
   */
  UNROLLED,
  /** The same through the last K updates only; an approximation of ours. */
  TRUNCATED,
  /** The example's own loss by its own input, now, at its presentation; not the paper's. */
  DIRECT;

  /** The value of the {@code kind} label: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
