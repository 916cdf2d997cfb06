package io.engram.events.cluster;

import java.util.Locale;

/** How far an event bus reaches. */
public enum Bus {
  /** Over its own process. */
  EMBEDDED,
  /** Over all processes of a cluster. */
  CLUSTERED;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
