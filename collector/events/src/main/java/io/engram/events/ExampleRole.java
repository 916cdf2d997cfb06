package io.engram.events;

/** What an example is for in a run. */
public enum ExampleRole {
  /** Trained on. */
  TRAINING,
  /** Kept apart, clean labels. */
  VALIDATION,
  /** Kept apart, label noise like the training set's. */
  HOLDOUT,
  /** Trained on with a label that is known to be wrong. */
  CANARY,
  /** Made like a canary, never trained on. */
  GHOST
}
