package io.engram.events;

import java.util.Locale;

/** The set of examples, and the labels held against them, that an evaluation speaks of. */
public enum Split {
  /** Training examples against the labels they were given. */
  TRAIN,
  /** Training examples against their true labels, where labels were changed. */
  TRAIN_TRUE,
  /** Examples that were never trained on, clean labels. */
  VALIDATION,
  /** Examples that were never trained on, with the label noise of the training set. */
  HOLDOUT,
  /** Added training examples whose labels are known to be wrong. */
  CANARY,
  /** Examples made like canaries that are never trained on. */
  GHOST,
  /** Inputs drawn at random with the data's mean and variance, which belong to no set. */
  NOISE;

  /** The value of the {@code split} label: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
