package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.ingest.IngestLink;
import io.engram.collector.ingest.Receipt;
import io.engram.collector.ingest.RefusedException;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.delivery.Admission;
import io.engram.events.delivery.Inbox;
import io.engram.events.wire.EventParcel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies batches at once, without a journal, and answers each with the sequence of its last event,
 * or with -1 where no event of it could be read. What cannot be applied is answered with a failure,
 * counted and logged; the next batch finds everything as it was.
 */
final class EventIntake implements Handler<Message<Object>>, IngestLink {
  /** What a batch without a readable event is answered with, as is a ping. */
  static final long NOTHING_APPLIED = -1;

  private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);
  private static final int NOT_A_BATCH = 400;
  private static final int FAILED = 500;

  private final Runs runs;
  private final EventApplier applier;
  private final CollectorMetrics metrics;
  private final Consumer<RunId> changed;
  private final RunLimit limit;

  /**
   * @param changed is told of each run of an applied batch
   */
  EventIntake(
      Runs runs,
      RunLimit limit,
      EventApplier applier,
      CollectorMetrics metrics,
      Consumer<RunId> changed) {
    this.limit = limit;
    this.runs = runs;
    this.applier = applier;
    this.metrics = metrics;
    this.changed = changed;
  }

  @Override
  public void handle(Message<Object> message) {
    if (!(message.body() instanceof EventBatch batch)) {
      reject(message, NOT_A_BATCH, "events are taken as EventBatch, not as " + type(message));
      return;
    }
    try {
      batch.envelopes().stream()
          .map(EventEnvelope::run)
          .distinct()
          .forEach(run -> limit.check(run, Set.of(), batch.envelopes().size()));
      applier.apply(batch);
    } catch (RefusedException e) {
      reject(message, RunLimit.REFUSED, String.valueOf(e.getMessage()));
      return;
    } catch (RuntimeException e) {
      LOG.error("A batch of {} events could not be applied", batch.envelopes().size(), e);
      reject(message, FAILED, "the collector could not apply the batch: " + e);
      return;
    } finally {
      tellChanged(batch);
    }
    message.reply(lastSequence(batch));
  }

  @Override
  public Future<Receipt> take(EventParcel parcel) {
    try {
      limit.check(parcel.run(), Set.of(), parcel.count());
    } catch (RefusedException e) {
      return Future.failedFuture(e);
    }
    RunAggregate known = runs.find(parcel.run());
    Inbox inbox =
        known == null ? new Inbox() : new Inbox(known.incarnation(), known.lastSequence());
    long before = inbox.acknowledged(parcel.incarnation());
    Admission admission =
        inbox.receive(parcel.incarnation(), parcel.after(), parcel.settled(), parcel.last());
    if (admission.isNew()) {
      inbox.commit(admission);
      applier.apply(parcel, admission.from());
      changed.accept(parcel.run());
    } else if (known != null && admission.kind() == Admission.Kind.DUPLICATE) {
      known.countDuplicates(parcel.count());
    } else if (known != null && admission.kind() == Admission.Kind.SUPERSEDED) {
      known.countSuperseded(parcel.count());
    }
    return Future.succeededFuture(
        new Receipt(admission.kind(), before, inbox.acknowledged(parcel.incarnation())));
  }

  private void reject(Message<Object> message, int code, String problem) {
    metrics.batchRejected();
    message.fail(code, problem);
  }

  private void tellChanged(EventBatch batch) {
    RunId told = null;
    for (EventEnvelope envelope : batch.envelopes()) {
      if (!envelope.run().equals(told)) {
        told = envelope.run();
        changed.accept(told);
      }
    }
  }

  private static long lastSequence(EventBatch batch) {
    List<EventEnvelope> envelopes = batch.envelopes();
    return envelopes.isEmpty() ? NOTHING_APPLIED : envelopes.get(envelopes.size() - 1).sequence();
  }

  private static String type(Message<Object> message) {
    return message.body() == null ? "null" : message.body().getClass().getSimpleName();
  }
}
