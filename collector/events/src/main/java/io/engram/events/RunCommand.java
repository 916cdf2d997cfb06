package io.engram.events;

/** What a run can be told to do; heard between two steps. */
public enum RunCommand {
  /** Do no further step until resumed. */
  PAUSE,
  /** Go on after a pause. */
  RESUME,
  /** Write a checkpoint at the next step boundary. */
  CHECKPOINT,
  /** Write a checkpoint and end. */
  STOP
}
