package io.engram.trainer.publish;

import java.util.Locale;

/** Why an event never reached a collector. */
enum DropReason {
  /** The collector does not keep up, or there is none: the bounded queue was full. */
  QUEUE_FULL,
  /** The collector answered that it cannot apply the batch. */
  REJECTED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
