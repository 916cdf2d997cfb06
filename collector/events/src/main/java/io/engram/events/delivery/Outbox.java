package io.engram.events.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trainer's side: batches of one run that wait for their acknowledgement, in order. At most a
 * counted number of them; after a refusal or a failure all leave again. Not thread-safe.
 *
 * @param <B> what a batch is
 */
public final class Outbox<B> {
  private record Held<B>(long after, long last, B batch) {}

  private final int window;
  private final List<Held<B>> held = new ArrayList<>();
  private int sent;
  private long round;
  private long incarnation = -1;
  private long latest = -1;
  private long settled = -1;

  /**
   * @param window how many batches may wait for their acknowledgement, at least 1
   */
  public Outbox(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("window is %d, must be at least 1".formatted(window));
    }
    this.window = window;
  }

  /** Whether the next batch of the order may be added, being of this incarnation. */
  public boolean accepts(long incarnation) {
    return held.size() < window && (held.isEmpty() || incarnation == this.incarnation);
  }

  /**
   * Adds the next batch of the order.
   *
   * @param first sequence of its first event
   * @param last sequence of its last event
   * @throws IllegalStateException if it is not accepted
   */
  public void add(long incarnation, long first, long last, B batch) {
    if (!accepts(incarnation)) {
      throw new IllegalStateException("a batch is added where none is accepted");
    }
    if (incarnation != this.incarnation) {
      this.incarnation = incarnation;
      latest = first - 1;
      settled = first - 1;
    }
    held.add(new Held<>(latest, last, batch));
    latest = last;
  }

  /** The next batch that is to leave. */
  public Optional<Shipment<B>> next() {
    if (sent == held.size()) {
      return Optional.empty();
    }
    Held<B> leaving = held.get(sent++);
    return Optional.of(
        new Shipment<>(round, incarnation, leaving.after, settled, leaving.last, leaving.batch));
  }

  /**
   * The collector has answered a batch. Where it does not have all of it, all leave again.
   *
   * @param acknowledged the sequence up to which the collector has the shipment's incarnation
   * @return the batches that can be let go, in order
   */
  public List<B> answered(Shipment<B> shipment, long acknowledged) {
    List<B> released = new ArrayList<>();
    while (shipment.incarnation() == incarnation
        && !held.isEmpty()
        && held.get(0).last <= acknowledged) {
      Held<B> done = held.remove(0);
      settled = done.last;
      sent = Math.max(0, sent - 1);
      released.add(done.batch);
    }
    if (acknowledged < shipment.last()) {
      failed(shipment);
    }
    return released;
  }

  /**
   * Nobody answered a batch, or with a failure that passes: all leave again.
   *
   * @return whether this was the first word of it
   */
  public boolean failed(Shipment<B> shipment) {
    if (shipment.round() != round || held.isEmpty()) {
      return false;
    }
    round++;
    sent = 0;
    return true;
  }

  /** Whether nothing before this shipment waits for its acknowledgement. */
  public boolean isOldest(Shipment<B> shipment) {
    return shipment.incarnation() == incarnation
        && !held.isEmpty()
        && held.get(0).last == shipment.last();
  }

  /** Batches that wait for their acknowledgement. */
  public int held() {
    return held.size();
  }

  /** Sequence up to which all of the latest incarnation is acknowledged, or -1. */
  public long settled() {
    return settled;
  }
}
