package io.engram.events.delivery;

import java.util.List;

/**
 * An event of the simulation.
 *
 * @param kind H header, S step, E observations of examples, C checkpoint
 * @param step the step that was done, or that of the checkpoint
 */
record Said(char kind, int incarnation, int sequence, int step) {
  boolean isEvictable() {
    return kind == 'E';
  }

  /** What travels. */
  record Parcel(Shipment<Stretch> shipment) {
    List<Said> events() {
      return shipment.batch().events();
    }
  }

  /** A stretch of the spool. */
  record Stretch(List<Said> events) {}

  /** What comes back: an acknowledgement, or null for a failure that passes. */
  record Answer(Parcel to, Long acknowledged) {}
}
