package io.engram.collector.ingest;

import io.engram.events.wire.EventParcel;
import io.vertx.core.Future;

/** Where events go that came by another way than the event bus. */
@FunctionalInterface
public interface IngestLink {
  /**
   * Takes a parcel, as if it had come over the bus.
   *
   * @return completes once its events are applied and, where there is a journal, on the disk; fails
   *     where that cannot be now and it may be tried again
   */
  Future<Receipt> take(EventParcel parcel);
}
