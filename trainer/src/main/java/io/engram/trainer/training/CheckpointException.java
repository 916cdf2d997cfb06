package io.engram.trainer.training;

/** A checkpoint that cannot be written or resumed from: which file, what is wrong. One line. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
