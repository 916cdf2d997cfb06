package io.engram.collector.ingest;

import io.engram.events.delivery.Admission;

/**
 * What became of events that were sent.
 *
 * @param kind what they are to the collector
 * @param before sequence up to which the collector had the incarnation's events already, or -1
 * @param acknowledged sequence up to which they are kept now, or -1
 */
public record Receipt(Admission.Kind kind, long before, long acknowledged) {}
