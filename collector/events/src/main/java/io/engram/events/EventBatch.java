package io.engram.events;

import java.util.List;

/**
 * Events that travel together, in the order in which they were emitted.
 *
 * @param envelopes the events that could be read
 * @param undecodable frames of the batch that could not be: damaged, or written by a newer version
 */
public record EventBatch(List<EventEnvelope> envelopes, int undecodable) {
  public EventBatch {
    envelopes = List.copyOf(envelopes);
  }
}
