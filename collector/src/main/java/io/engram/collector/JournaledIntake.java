package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.ingest.IngestLink;
import io.engram.collector.ingest.Receipt;
import io.engram.collector.ingest.RefusedException;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.store.Journal;
import io.engram.collector.store.Quarantine;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.delivery.Admission;
import io.engram.events.delivery.Inbox;
import io.engram.events.wire.EventParcel;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes parcels so that each event counts exactly once: what is new goes to the journal, and is
 * applied and acknowledged when it is on the disk. An {@link Inbox} for each run decides; this is
 * their bus and disk. Belongs to the context that owns the runs.
 */
final class JournaledIntake implements Handler<Message<Object>>, IngestLink {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledIntake.class);

  /** Parcels that may wait for the disk, of all runs together. */
  private static final long MOST_BYTES_WAITING = 64L << 20;

  private static final int NOT_A_PARCEL = 400;
  private static final int TRY_AGAIN = 503;

  private final Context context;
  private final Runs runs;
  private final CollectorMetrics metrics;
  private final Journal journal;
  private final Quarantine quarantine;
  private final EventApplier applier;
  private final Consumer<RunId> changed;
  private final RunLimit limit;
  private final Map<RunId, Inbox> inboxes = new HashMap<>();
  private long position;
  private long waiting;
  private boolean resetting;

  /**
   * @param changed is told of each run of an applied parcel
   */
  JournaledIntake(
      Context context,
      Runs runs,
      RunLimit limit,
      CollectorMetrics metrics,
      Journaling journaling,
      EventApplier applier,
      Consumer<RunId> changed) {
    this.context = context;
    this.runs = runs;
    this.limit = limit;
    this.metrics = metrics;
    this.journal = journaling.journal();
    this.quarantine = journaling.quarantine();
    this.applier = applier;
    this.position = journaling.position();
    this.changed = changed;
  }

  /** Records of the journal before this index are applied, or void. */
  long position() {
    return position;
  }

  /** The run was filed away; should it speak again, it begins anew. */
  void forget(RunId run) {
    inboxes.remove(run);
    inOrder(journal.appendRetired(run))
        .onFailure(
            failure -> LOG.warn("The journal does not know that run {} left: {}", run, failure));
  }

  @Override
  public void handle(Message<Object> message) {
    if (message.body() instanceof EventParcel parcel) {
      if (parcel.isReadable()) {
        take(parcel).map(Receipt::acknowledged).onComplete(answer -> reply(message, answer));
      } else {
        setAside(parcel);
        reject(message, "the bytes are no parcel");
      }
    } else if (message.body() instanceof EventBatch batch) {
      takeAll(parcels(batch), EventIntake.NOTHING_APPLIED)
          .onComplete(answer -> reply(message, answer));
    } else {
      reject(message, "events are taken as EventParcel or EventBatch");
    }
  }

  private void reject(Message<Object> message, String problem) {
    metrics.batchRejected();
    message.fail(NOT_A_PARCEL, problem);
  }

  private static void reply(Message<Object> message, AsyncResult<Long> answer) {
    if (answer.succeeded()) {
      message.reply(answer.result());
    } else {
      boolean refused = answer.cause() instanceof RefusedException;
      message.fail(
          refused ? RunLimit.REFUSED : TRY_AGAIN, String.valueOf(answer.cause().getMessage()));
    }
  }

  private Future<Long> takeAll(List<EventParcel> left, long answered) {
    if (left.isEmpty()) {
      return Future.succeededFuture(answered);
    }
    return take(left.get(0))
        .compose(receipt -> takeAll(left.subList(1, left.size()), receipt.acknowledged()));
  }

  /** The events of a trainer that keeps none, by run and incarnation. */
  private static List<EventParcel> parcels(EventBatch batch) {
    List<EventParcel> parcels = new ArrayList<>();
    List<EventEnvelope> envelopes = batch.envelopes();
    int from = 0;
    for (int i = 1; i <= envelopes.size(); i++) {
      if (i == envelopes.size() || !continues(envelopes.get(i - 1), envelopes.get(i))) {
        parcels.add(EventParcel.of(envelopes.subList(from, i)));
        from = i;
      }
    }
    return parcels;
  }

  private static boolean continues(EventEnvelope a, EventEnvelope b) {
    return a.run().equals(b.run())
        && a.incarnation() == b.incarnation()
        && a.sequence() < b.sequence();
  }

  @Override
  public Future<Receipt> take(EventParcel parcel) {
    try {
      limit.check(parcel.run(), inboxes.keySet(), parcel.count());
    } catch (RefusedException e) {
      return Future.failedFuture(e);
    }
    if (waiting > MOST_BYTES_WAITING) {
      return Future.failedFuture("the disk does not keep up: try again");
    }
    Inbox inbox = inboxes.computeIfAbsent(parcel.run(), this::begin);
    Admission admission =
        inbox.receive(parcel.incarnation(), parcel.after(), parcel.settled(), parcel.last());
    if (!admission.isNew()) {
      countTurnedAway(parcel, admission.kind());
      long acknowledged = inbox.acknowledged(parcel.incarnation());
      return Future.succeededFuture(new Receipt(admission.kind(), acknowledged, acknowledged));
    }
    waiting += parcel.bytes();
    return inOrder(journal.append(parcel))
        .transform(
            appended -> {
              waiting -= parcel.bytes();
              if (appended.failed()) {
                undo(inbox, admission, appended.cause());
                return Future.failedFuture(appended.cause());
              }
              position = Math.max(position, appended.result() + 1);
              if (!inbox.commit(admission)) {
                return Future.failedFuture("a parcel before it could not be kept");
              }
              apply(parcel, admission.from());
              return Future.succeededFuture(
                  new Receipt(
                      admission.kind(),
                      admission.from(),
                      inbox.acknowledged(parcel.incarnation())));
            });
  }

  /**
   * What the journal completes, continued on the context in the same order: always by its queue,
   * for what is complete before it is asked for would otherwise overtake what stands in the queue.
   */
  private <T> Future<T> inOrder(CompletionStage<T> stage) {
    Promise<T> continued = Promise.promise();
    stage.whenComplete(
        (value, failure) ->
            context.runOnContext(
                queued -> {
                  if (failure == null) {
                    continued.complete(value);
                  } else {
                    continued.fail(failure);
                  }
                }));
    return continued.future();
  }

  private Inbox begin(RunId run) {
    RunAggregate known = runs.find(run);
    return known == null ? new Inbox() : new Inbox(known.incarnation(), known.lastSequence());
  }

  private void countTurnedAway(EventParcel parcel, Admission.Kind kind) {
    RunAggregate run = runs.find(parcel.run());
    if (run != null && kind == Admission.Kind.DUPLICATE) {
      run.countDuplicates(parcel.count());
    } else if (run != null && kind == Admission.Kind.SUPERSEDED) {
      run.countSuperseded(parcel.count());
    }
  }

  private void undo(Inbox inbox, Admission admission, Throwable failure) {
    inbox.undo(admission);
    metrics.journalFailed();
    if (!resetting) {
      resetting = true;
      LOG.error("The journal cannot be written, events wait in the spools: {}", failure.toString());
      inOrder(journal.reset()).onComplete(done -> resetting = false);
    }
  }

  private void apply(EventParcel parcel, long from) {
    int left = applier.apply(parcel, from);
    if (left > 0) {
      setAside(parcel);
    }
    changed.accept(parcel.run());
  }

  /** A few bytes to the page cache; happens seldom. */
  private void setAside(EventParcel parcel) {
    metrics.quarantined();
    LOG.warn("Quarantined: {}", parcel);
    try {
      quarantine.add(parcel.isReadable() ? parcel.encode() : parcel.frames());
    } catch (IOException e) {
      LOG.error("The quarantine cannot be written", e);
    }
  }
}
