package io.engram.trainer.dataset;

/** Data that cannot be read or had: one line that names the file and what would be right. */
public final class DatasetException extends RuntimeException {
  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
