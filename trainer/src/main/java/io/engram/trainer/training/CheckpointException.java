package io.engram.trainer.training;

import org.jspecify.annotations.Nullable;

/** A checkpoint that cannot be written or resumed from: which file, what is wrong. One line. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
