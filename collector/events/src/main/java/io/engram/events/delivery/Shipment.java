package io.engram.events.delivery;

/**
 * A batch that leaves.
 *
 * @param round the outbox's count of rounds; an answer to an earlier one acknowledges, and refuses
 *     nothing
 * @param incarnation of its events
 * @param after sequence of the event before it in the order, or -1
 * @param settled up to which nothing is held any more, or -1
 * @param last sequence of its last event
 * @param batch what travels
 * @param <B> what travels
 */
public record Shipment<B>(
    long round, long incarnation, long after, long settled, long last, B batch) {}
