package io.engram.events.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A log could not be written; what was appended before stands, and appending may be tried again.
 */
public final class LogWriteException extends IOException {
  private static final long serialVersionUID = 1;

  private final LogFailure failure;

  LogWriteException(Path dir, Throwable cause) {
    super("%s cannot be written: %s".formatted(dir, cause), cause);
    this.failure = LogFailure.of(cause);
  }

  /** The kind of failure. */
  public LogFailure failure() {
    return failure;
  }
}
