package io.engram.collector.ingest;

import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainingEvent;
import org.jspecify.annotations.Nullable;

/**
 * A line as it is sent: an envelope without what is the same for the whole request.
 *
 * @param timestampMillis null where it is the time of arrival
 */
record Line(
    long sequence, int epoch, long step, @Nullable Long timestampMillis, TrainingEvent event) {
  /**
   * @throws IllegalArgumentException if sequence, epoch or step is negative
   */
  EventEnvelope envelope(RunId run, long incarnation, long arrivedMillis) {
    Long stamped = timestampMillis;
    return new EventEnvelope(
        run, incarnation, sequence, epoch, step, stamped == null ? arrivedMillis : stamped, event);
  }
}
