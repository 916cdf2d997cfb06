package io.engram.trainer.svalidation;

/** Input that cannot be scored: what is wrong, and what would be right. One line. */
public final class SValidationException extends RuntimeException {
  public SValidationException(String message) {
    super(message);
  }
}
