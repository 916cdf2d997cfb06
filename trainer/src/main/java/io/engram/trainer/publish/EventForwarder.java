package io.engram.trainer.publish;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.wire.EventBatchCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a run's events from its queue to the collector, nothing on disk: one batch at a time by
 * request, the next when the collector has answered, the same again, ever more slowly, while nobody
 * answers. So order is kept, and what is under way is bounded by one batch.
 */
final class EventForwarder extends VerticleBase implements Forwarder {
  private static final Logger LOG = LoggerFactory.getLogger(EventForwarder.class);

  private static final int MAX_BATCH_EVENTS = 256;
  private static final long MAX_BATCH_BYTES = 1L << 20;
  private static final long POLL_MILLIS = 5;
  private static final long FIRST_RETRY_MILLIS = 50;
  private static final long LAST_RETRY_MILLIS = 2_000;
  private static final DeliveryOptions REQUEST = new DeliveryOptions().setSendTimeout(2_000);

  private final RunId run;
  private final String address;
  private final EventQueue queue;
  private final DropCounters dropped;
  private List<EventEnvelope> batch = List.of();
  private long retryMillis;
  private volatile long acknowledged = -1;
  private @Nullable Promise<Void> drained;

  EventForwarder(RunId run, String address, EventQueue queue, DropCounters dropped) {
    this.run = run;
    this.address = address;
    this.queue = queue;
    this.dropped = dropped;
  }

  @Override
  public Future<?> start() {
    EventBatchCodec.register(vertx.eventBus());
    vertx.setPeriodic(POLL_MILLIS, timer -> sendNext());
    return Future.succeededFuture();
  }

  @Override
  public long acknowledged() {
    return acknowledged;
  }

  @Override
  public Future<Integer> drain(Duration limit) {
    Promise<Integer> left = Promise.promise();
    context.runOnContext(
        go -> {
          Promise<Void> empty = Promise.promise();
          drained = empty;
          long timer = vertx.setTimer(limit.toMillis(), late -> empty.tryComplete());
          sendNext();
          empty
              .future()
              .onComplete(
                  done -> {
                    vertx.cancelTimer(timer);
                    left.complete(undelivered());
                  });
        });
    return left.future();
  }

  private int undelivered() {
    int events = batch.size();
    while (queue.poll() != null) {
      events++;
    }
    return events;
  }

  private void sendNext() {
    if (!batch.isEmpty()) {
      return;
    }
    batch = nextBatch();
    if (!batch.isEmpty()) {
      send();
    } else if (drained != null) {
      drained.tryComplete();
    }
  }

  private List<EventEnvelope> nextBatch() {
    List<EventEnvelope> events = new ArrayList<>();
    long bytes = 0;
    while (events.size() < MAX_BATCH_EVENTS && bytes < MAX_BATCH_BYTES) {
      EventEnvelope envelope = queue.poll();
      if (envelope == null) {
        break;
      }
      events.add(envelope);
      bytes += EventQueue.size(envelope.event());
    }
    return events;
  }

  private void send() {
    vertx
        .eventBus()
        .<Long>request(address, new EventBatch(batch, 0), REQUEST)
        .onSuccess(applied -> delivered())
        .onFailure(this::failed);
  }

  private void delivered() {
    if (retryMillis > 0) {
      LOG.info("Run {}: the collector answers again", run);
      retryMillis = 0;
    }
    acknowledged = batch.get(batch.size() - 1).sequence();
    batch = List.of();
    sendNext();
  }

  private void failed(Throwable failure) {
    if (failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
      LOG.warn(
          "Run {}: the collector refused {} events: {}", run, batch.size(), reply.getMessage());
      dropped.add(DropReason.REJECTED, batch.size());
      batch = List.of();
      sendNext();
      return;
    }
    if (retryMillis == 0) {
      LOG.warn("Run {}: no collector answers ({}); events wait", run, failure.getMessage());
    }
    retryMillis = Math.min(LAST_RETRY_MILLIS, Math.max(FIRST_RETRY_MILLIS, 2 * retryMillis));
    vertx.setTimer(retryMillis, again -> send());
  }
}
