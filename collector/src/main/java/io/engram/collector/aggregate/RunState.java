package io.engram.collector.aggregate;

import java.util.Locale;

/**
 * What a run said last about itself. A run that fell silent keeps its state; how long it has been
 * silent is told by {@link RunSnapshot#lastEventMillis()}.
 */
public enum RunState {
  RUNNING,
  PAUSED,
  COMPLETED,
  STOPPED,
  FAILED;

  /** The value of the {@code state} label: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the incarnation has said that it ended. */
  public boolean isFinal() {
    return this != RUNNING && this != PAUSED;
  }
}
