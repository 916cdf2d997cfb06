package io.engram.events.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a log could not be written. */
public enum LogFailure {
  /** No space or quota left. */
  DISK_FULL,
  /** The folder or its file system may not be written to. */
  READ_ONLY,
  /** Anything else that the disk says. */
  IO;

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LogFailure of(Throwable cause) {
    if (cause instanceof AccessDeniedException || cause instanceof ReadOnlyFileSystemException) {
      return READ_ONLY;
    }
    return ofMessage(cause instanceof IOException ? cause.getMessage() : null);
  }

  private static LogFailure ofMessage(@Nullable String message) {
    String said = message == null ? "" : message.toLowerCase(Locale.ROOT);
    if (said.contains("no space left") || said.contains("quota exceeded")) {
      return DISK_FULL;
    }
    if (said.contains("read-only") || said.contains("permission denied")) {
      return READ_ONLY;
    }
    return IO;
  }
}
