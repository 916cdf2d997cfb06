package io.engram.collector.ingest;

/** A body that is larger than what is taken at once; the message says what is. */
public final class TooLongException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooLongException(String message) {
    super(message, null, false, false);
  }
}
