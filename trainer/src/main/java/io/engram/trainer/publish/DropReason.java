package io.engram.trainer.publish;

import io.engram.events.log.LogWriteException;
import java.io.IOException;
import java.util.Locale;

/** Why an event never reached a collector. */
enum DropReason {
  /** The collector does not keep up, or there is none: the bounded queue was full. */
  QUEUE_FULL,
  /** The collector answered that it cannot apply the batch. */
  REJECTED,
  /** The collector takes no more runs, and this one is not among those it has. */
  RUN_REFUSED,
  /** Observations of examples, the oldest in a spool that has reached its quota. */
  EVICTED,
  /** The spool has reached its quota, and there is nothing to evict. */
  SPOOL_FULL,
  /** The disk of the spool has no room. */
  DISK_FULL,
  /** The disk of the spool may not be written to. */
  READ_ONLY,
  /** The disk of the spool fails otherwise. */
  DISK_ERROR;

  static DropReason of(IOException failure) {
    if (failure instanceof LogWriteException write) {
      return switch (write.failure()) {
        case DISK_FULL -> DISK_FULL;
        case READ_ONLY -> READ_ONLY;
        case IO -> DISK_ERROR;
      };
    }
    return DISK_ERROR;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
