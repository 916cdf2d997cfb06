package io.engram.collector.aggregate;

import io.engram.events.TrainerReported;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What reached the collector of a run's events. Counted over all incarnations that continue the
 * run's history.
 *
 * @param received events that arrived, applied or not
 * @param missed sequence numbers that were skipped; includes those that the trainer dropped and
 *     those whose frame could not be read
 * @param duplicate events that were not applied because their sequence number was past already
 * @param superseded events that were not applied because a newer incarnation had begun
 * @param mismatched events that arrived but were not counted, because they speak of another number
 *     of layers than the run's header, or because they are empty or more than can be kept
 * @param undecodable frames that could not be read
 * @param quarantined of the parcels that were kept apart, events that could not be read or applied
 * @param unexplained missed events that were neither dropped by the trainer, as it says, nor
 *     unreadable, at its latest report: 0 unless something was lost
 * @param spool what the trainer says waits for the collector
 * @param emitted events that the trainer says it emitted
 * @param dropped events dropped on purpose, by reason: by the trainer, as it says, and by the
 *     collector as {@code superseded} and {@code mismatched}
 */
public record DeliverySnapshot(
    long received,
    long missed,
    long duplicate,
    long superseded,
    long mismatched,
    long undecodable,
    long quarantined,
    long unexplained,
    TrainerReported.Spool spool,
    long emitted,
    Map<String, Long> dropped) {
  public DeliverySnapshot {
    dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
  }

  /** Events that were applied. */
  public long applied() {
    return received - duplicate - superseded - mismatched;
  }
}
