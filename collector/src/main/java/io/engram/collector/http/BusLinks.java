package io.engram.collector.http;

import io.engram.collector.ingest.IngestLink;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * What requests ask of the bus.
 *
 * @param ready succeeds while events are taken
 * @param pixels asks runs for pictures
 * @param commands tells runs what to do
 * @param ingest takes the events that are posted
 */
public record BusLinks(
    Supplier<Future<?>> ready, PixelSource pixels, CommandLink commands, IngestLink ingest) {}
