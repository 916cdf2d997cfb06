package io.engram.trainer.publish;

import io.engram.events.RunId;
import io.engram.events.delivery.Outbox;
import io.engram.events.delivery.Shipment;
import io.engram.events.wire.EventParcel;
import io.engram.events.wire.EventParcelCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a run's events from its spool to the collector, on an event loop: parcels by request, a
 * counted number of them under way, each held until it is acknowledged. After a refusal or a
 * silence all leave again, ever more slowly. An {@link Outbox} decides; this is its bus and clock.
 */
final class SpoolForwarder extends VerticleBase implements Forwarder {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolForwarder.class);

  private static final int WINDOW = 4;
  private static final int MAX_BATCH_EVENTS = 256;
  private static final int MAX_BATCH_BYTES = 1 << 19;
  private static final long POLL_MILLIS = 5;
  private static final long FIRST_RETRY_MILLIS = 50;
  private static final long LAST_RETRY_MILLIS = 2_000;
  private static final int NOT_A_PARCEL = 400;
  private static final int RUN_REFUSED = 403;
  private static final DeliveryOptions REQUEST = new DeliveryOptions().setSendTimeout(2_000);

  private final RunId run;
  private final Destination to;
  private final SpoolWorker worker;
  private final EventQueue queue;
  private final DropCounters dropped;
  private final long incarnation;
  private final Outbox<SpooledBatch> outbox = new Outbox<>(WINDOW);
  private @Nullable String address;
  private @Nullable SpooledBatch fetched;
  private boolean fetching;
  private boolean nothingLeft;
  private long emptyAt = -1;
  private boolean waiting;
  private boolean replaced;
  private boolean unreadable;
  private boolean runRefused;
  private long retryMillis;
  private volatile long acknowledged = -1;
  private @Nullable Promise<Void> drained;

  SpoolForwarder(
      RunId run,
      long incarnation,
      Destination to,
      SpoolWorker worker,
      EventQueue queue,
      DropCounters dropped) {
    this.run = run;
    this.incarnation = incarnation;
    this.to = to;
    this.worker = worker;
    this.queue = queue;
    this.dropped = dropped;
  }

  @Override
  public Future<?> start() {
    EventParcelCodec.register(vertx.eventBus());
    worker.start();
    vertx.setPeriodic(POLL_MILLIS, timer -> goOn());
    to.find(vertx)
        .onSuccess(
            found -> {
              address = found;
              goOn();
            });
    return Future.succeededFuture();
  }

  @Override
  public long acknowledged() {
    return acknowledged;
  }

  @Override
  public Future<Integer> drain(Duration limit) {
    Promise<Integer> end = Promise.promise();
    context.runOnContext(
        go -> {
          Promise<Void> empty = Promise.promise();
          drained = empty;
          nothingLeft = false;
          long timer = vertx.setTimer(limit.toMillis(), late -> empty.tryComplete());
          goOn();
          empty
              .future()
              .compose(
                  done -> {
                    vertx.cancelTimer(timer);
                    return vertx.executeBlocking(
                        () -> {
                          worker.close();
                          return null;
                        });
                  })
              .onComplete(done -> end.complete(outbox.held()));
        });
    return end.future();
  }

  private void goOn() {
    fetch();
    // A request that nobody takes fails before it returns, and begins a time of waiting.
    while (address != null && !waiting) {
      Optional<Shipment<SpooledBatch>> leaving = outbox.next();
      if (leaving.isEmpty()) {
        break;
      }
      send(address, leaving.get());
    }
    endIfDrained();
  }

  private void endIfDrained() {
    if (drained != null && nothingLeft && outbox.held() == 0) {
      drained.tryComplete();
    }
  }

  private void fetch() {
    SpooledBatch batch = fetched;
    if (batch != null && outbox.accepts(batch.incarnation())) {
      outbox.add(batch.incarnation(), batch.first(), batch.last(), batch);
      fetched = null;
    }
    long appends = worker.appends();
    boolean empty = appends == emptyAt && drained == null;
    if (fetched != null || fetching || outbox.held() == WINDOW || empty) {
      return;
    }
    fetching = true;
    // One that was under way when draining began says nothing of what was emitted since.
    boolean last = drained != null && queue.isEmpty();
    Future.fromCompletionStage(
            worker.ask(() -> worker.spool().take(MAX_BATCH_EVENTS, MAX_BATCH_BYTES)), context)
        .onComplete(
            taken -> {
              fetching = false;
              fetched = taken.result();
              nothingLeft = taken.succeeded() && fetched == null && last;
              emptyAt = taken.succeeded() && fetched == null ? appends : -1;
              if (taken.failed()) {
                tellUnreadable(taken.cause());
              } else if (fetched != null) {
                context.runOnContext(more -> goOn());
              } else {
                endIfDrained();
              }
            });
  }

  private void tellUnreadable(Throwable failure) {
    if (!unreadable) {
      unreadable = true;
      LOG.warn("Run {}: the spool cannot be read: {}", run, failure.toString());
    }
  }

  private void send(String address, Shipment<SpooledBatch> shipment) {
    SpooledBatch batch = shipment.batch();
    EventParcel parcel =
        new EventParcel(
            run,
            shipment.incarnation(),
            shipment.after(),
            shipment.settled(),
            shipment.last(),
            batch.count(),
            batch.frames());
    vertx
        .eventBus()
        .<Long>request(address, parcel, REQUEST)
        .onSuccess(answer -> answered(shipment, answer.body()))
        .onFailure(failure -> failed(shipment, failure));
  }

  private void answered(Shipment<SpooledBatch> shipment, long upTo) {
    List<SpooledBatch> released = outbox.answered(shipment, upTo);
    released.forEach(worker::release);
    if (shipment.incarnation() == incarnation) {
      acknowledged = Math.max(acknowledged, Math.min(upTo, outbox.settled()));
    }
    if (upTo == Long.MAX_VALUE && !replaced) {
      replaced = true;
      LOG.warn("Run {}: a newer start of it speaks; what this one says is not taken", run);
    }
    if (upTo < shipment.last()) {
      waitAWhile("it is behind");
    } else if (retryMillis > 0 && !released.isEmpty()) {
      LOG.info("Run {}: the collector answers again", run);
      retryMillis = 0;
    }
    goOn();
  }

  private void failed(Shipment<SpooledBatch> shipment, Throwable failure) {
    DropReason refused = refusal(failure);
    if (refused != null && outbox.isOldest(shipment)) {
      tellRefused(refused, shipment, failure);
      dropped.add(refused, shipment.batch().count());
      answered(shipment, shipment.last());
    } else if (outbox.failed(shipment)) {
      waitAWhile(String.valueOf(failure.getMessage()));
    }
  }

  /** Why a parcel will not be taken however often it comes, or null if it may be. */
  private static @Nullable DropReason refusal(Throwable failure) {
    if (failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
      return switch (reply.failureCode()) {
        case NOT_A_PARCEL -> DropReason.REJECTED;
        case RUN_REFUSED -> DropReason.RUN_REFUSED;
        default -> null;
      };
    }
    return null;
  }

  private void tellRefused(DropReason why, Shipment<SpooledBatch> shipment, Throwable failure) {
    if (why == DropReason.REJECTED) {
      LOG.warn("Run {}: the collector refused {}: {}", run, shipment, failure.getMessage());
    } else if (!runRefused) {
      runRefused = true;
      LOG.warn("{}; what the run says is dropped", failure.getMessage());
    }
  }

  private void waitAWhile(String why) {
    if (waiting) {
      return;
    }
    if (retryMillis == 0) {
      LOG.warn("Run {}: the collector does not take events ({}); they wait in the spool", run, why);
    }
    retryMillis = Math.min(LAST_RETRY_MILLIS, Math.max(FIRST_RETRY_MILLIS, 2 * retryMillis));
    waiting = true;
    vertx.setTimer(
        retryMillis,
        again -> {
          waiting = false;
          goOn();
        });
  }
}
