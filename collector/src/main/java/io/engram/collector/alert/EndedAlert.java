package io.engram.collector.alert;

import java.time.Instant;
import java.util.Locale;

/**
 * An alert that is told no more.
 *
 * @param endedAt when the collector heard of it, or noticed it
 */
public record EndedAlert(Alert alert, End end, Instant endedAt) {
  /** Why it is told no more. */
  public enum End {
    /** It does not fire any more. */
    RESOLVED,
    /** Its group was told without it: it was silenced, or another alert inhibits it. */
    SILENCED,
    /** It was not repeated for so long that whoever told it may be gone. */
    UNHEARD;

    /** The name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
