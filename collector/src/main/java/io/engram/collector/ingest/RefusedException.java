package io.engram.collector.ingest;

/** Events that are not taken, now or if they are sent again; the message says why. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RefusedException(String message) {
    super(message, null, false, false);
  }
}
