package io.engram.trainer.publish;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** Events dropped, by reason. Safe for use from several threads. */
final class DropCounters {
  private final AtomicLongArray counts = new AtomicLongArray(DropReason.values().length);

  void add(DropReason reason, long events) {
    counts.addAndGet(reason.ordinal(), events);
  }

  /** Reasons that occurred, with their counts. */
  Map<String, Long> byReason() {
    Map<String, Long> dropped = new TreeMap<>();
    for (DropReason reason : DropReason.values()) {
      long count = counts.get(reason.ordinal());
      if (count > 0) {
        dropped.put(reason.label(), count);
      }
    }
    return dropped;
  }
}
