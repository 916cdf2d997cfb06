package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * A run's way to the bus. The training thread, and no other, emits; it never waits: an event is
 * stamped with run, incarnation, the next sequence, and the time, and left in a bounded queue. From
 * there an {@link EventForwarder} on an event loop carries it. Where the queue is full the event is
 * dropped and counted; its sequence stays used, so that the collector sees the gap.
 */
public final class EventPublisher {
  /** Events that may wait for a collector. */
  static final int MAX_EVENTS = 65_536;

  /** Bytes of events that may wait for a collector. */
  static final long MAX_BYTES = 64L << 20;

  private final RunId run;
  private final InstantSource clock;
  private final long incarnation;
  private final EventQueue queue;
  private final DropCounters dropped = new DropCounters();
  private final EventForwarder forwarder;
  private long sequence;

  /**
   * @param clock its time at construction is the incarnation
   */
  public EventPublisher(RunId run, InstantSource clock) {
    this(run, clock, new EventQueue(MAX_EVENTS, MAX_BYTES));
  }

  EventPublisher(RunId run, InstantSource clock, EventQueue queue) {
    this.run = run;
    this.clock = clock;
    this.incarnation = clock.millis();
    this.queue = queue;
    this.forwarder = new EventForwarder(run, queue, dropped);
  }

  /** What distinguishes this start of the run from those before it. */
  public long incarnation() {
    return incarnation;
  }

  /** Begins to carry events to the collector. */
  public Future<?> start(Vertx vertx) {
    return vertx.deployVerticle(forwarder);
  }

  /**
   * Leaves an event for the collector. Constant time, no lock, no system call.
   *
   * @param epoch passes over the training set completed
   * @param step updates completed before what is reported
   */
  public void emit(int epoch, long step, TrainingEvent event) {
    EventEnvelope envelope =
        new EventEnvelope(run, incarnation, sequence++, epoch, step, clock.millis(), event);
    if (!queue.offer(envelope)) {
      dropped.add(DropReason.QUEUE_FULL, 1);
    }
  }

  /** Emits the trainer's own figures. */
  public void report(int epoch, long step, TrainerReported.State state) {
    emit(epoch, step, new TrainerReported(state, sequence + 1, dropped.byReason()));
  }

  /** Events emitted so far, those dropped included. */
  public long emitted() {
    return sequence;
  }

  /** Events dropped so far, by reason. */
  public Map<String, Long> dropped() {
    return dropped.byReason();
  }

  /**
   * Carries what is queued, for at most the given time.
   *
   * @return the number of events that remained undelivered; never fails
   */
  public Future<Integer> stop(Duration limit) {
    return forwarder.drain(limit);
  }
}
