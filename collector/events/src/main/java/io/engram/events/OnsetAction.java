package io.engram.events;

import java.util.Locale;

/** What a run does when it hears that it has begun to memorize. */
public enum OnsetAction {
  /** Nothing but a line in the log. */
  NONE,
  /** Write a checkpoint and train on. */
  CHECKPOINT,
  /** Write a checkpoint, then do no further step until resumed. */
  PAUSE,
  /** Write a checkpoint and end. */
  STOP;

  /** As in run files and on the wire: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
