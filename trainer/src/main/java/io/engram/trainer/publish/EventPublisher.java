package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.EventAddresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run's way to the bus. The training thread, and no other, emits; it never waits: an event is
 * stamped with run, incarnation, the next sequence, and the time, and left in a bounded queue. From
 * there a {@link Forwarder} on an event loop carries it, by way of a {@link Spool} on disk where
 * one is asked for. Where the queue is full the event is dropped and counted; its sequence stays
 * used, so that the collector sees the gap.
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
  private final @Nullable SpoolWorker worker;
  private final Forwarder forwarder;
  private final AckLag lag = new AckLag();
  private final long quotaBytes;
  private long sequence;

  /**
   * Delivers from memory: what is not delivered when the process ends is lost.
   *
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
    this.worker = null;
    this.quotaBytes = 0;
    this.forwarder = new EventForwarder(run, EventAddresses.EVENTS, queue, dropped);
  }

  private EventPublisher(
      RunId run, InstantSource clock, EventQueue queue, SpoolOptions options, Destination to)
      throws IOException {
    Spool spool = new Spool(options, dropped);
    this.run = run;
    this.clock = clock;
    this.incarnation = Math.max(clock.millis(), spool.lastIncarnation() + 1);
    this.queue = queue;
    SpoolWorker spooling = new SpoolWorker("spool-" + run, spool, queue);
    this.worker = spooling;
    this.quotaBytes = options.quotaBytes();
    this.forwarder = new SpoolForwarder(run, incarnation, to, spooling, queue, dropped);
  }

  /**
   * Delivers from a spool, what an earlier incarnation left in it first.
   *
   * @param clock its time is the incarnation, unless the spool knows of a later one
   * @param to where the run's collector takes events
   * @throws UncheckedIOException if the spool's folder cannot be used, or another process uses it
   */
  public static EventPublisher spooling(
      RunId run, InstantSource clock, SpoolOptions options, Destination to) {
    try {
      return new EventPublisher(run, clock, new EventQueue(MAX_EVENTS, MAX_BYTES), options, to);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the spool %s cannot be used: %s".formatted(options.dir(), e.getMessage()), e);
    }
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
    emit(epoch, step, new TrainerReported(state, sequence + 1, dropped.byReason(), spool()));
  }

  private TrainerReported.Spool spool() {
    SpoolWorker spooling = worker;
    if (spooling == null) {
      return TrainerReported.Spool.NONE;
    }
    long emitted = sequence - 1;
    long acknowledged = forwarder.acknowledged();
    return new TrainerReported.Spool(
        spooling.bytes(),
        emitted - acknowledged,
        spooling.failures(),
        quotaBytes,
        lag.mark(emitted, acknowledged, clock.millis()));
  }

  /**
   * Completes when everything emitted so far is where a crash of this process does not reach it; at
   * once where there is no spool.
   */
  public CompletableFuture<Void> commit() {
    SpoolWorker spooling = worker;
    return spooling == null ? CompletableFuture.completedFuture(null) : spooling.commitAll();
  }

  /** Events emitted so far, those dropped included. */
  public long emitted() {
    return sequence;
  }

  /** Events dropped so far, by reason. */
  public Map<String, Long> dropped() {
    return dropped.byReason();
  }

  /** Lets go of the spool, where the run does not start. */
  public void abandon() {
    SpoolWorker spooling = worker;
    if (spooling != null) {
      spooling.start();
      spooling.close();
    }
  }

  /**
   * Carries what is queued, for at most the given time.
   *
   * @return the number of events that remained undelivered, or of batches that wait in the spool
   *     for the next incarnation; never fails
   */
  public Future<Integer> stop(Duration limit) {
    return forwarder.drain(limit);
  }
}
