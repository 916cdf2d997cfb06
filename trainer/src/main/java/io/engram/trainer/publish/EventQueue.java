package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.TrainingEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hand-over from the training thread (the one producer) to the forwarder (the one consumer):
 * wait-free, bounded in events and in bytes.
 */
final class EventQueue {
  private static final int BYTES_OF_A_SMALL_EVENT = 256;

  private final SpscAtomicArrayQueue<EventEnvelope> events;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();

  EventQueue(int maxEvents, long maxBytes) {
    this.events = new SpscAtomicArrayQueue<>(maxEvents);
    this.maxBytes = maxBytes;
  }

  /** False, and nothing taken, if the event does not fit. */
  boolean offer(EventEnvelope envelope) {
    long size = size(envelope.event());
    if (bytes.get() + size > maxBytes) {
      return false;
    }
    bytes.addAndGet(size);
    if (events.offer(envelope)) {
      return true;
    }
    bytes.addAndGet(-size);
    return false;
  }

  @Nullable EventEnvelope poll() {
    EventEnvelope envelope = events.poll();
    if (envelope != null) {
      bytes.addAndGet(-size(envelope.event()));
    }
    return envelope;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Bytes of the arrays inside; a round figure for events that have none. */
  static long size(TrainingEvent event) {
    if (event instanceof ExamplesClassified seen) {
      long perExample = seen.ids().length + seen.given().length + seen.predicted().length;
      long measured =
          seen.loss().length
              + seen.margin().length
              + seen.inputGradientL1().length
              + seen.inputGradientL2().length
              + seen.gradientNorm().length
              + seen.layerGradientNorms().length;
      return BYTES_OF_A_SMALL_EVENT + 4 * (perExample + measured);
    }
    if (event instanceof ExamplesDescribed described) {
      return BYTES_OF_A_SMALL_EVENT + 12L * described.ids().length;
    }
    return BYTES_OF_A_SMALL_EVENT;
  }
}
