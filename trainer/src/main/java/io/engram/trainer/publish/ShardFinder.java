package io.engram.trainer.publish;

import io.engram.events.RunId;
import io.engram.events.Shard;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.ShardOffer;
import io.engram.events.wire.ShardQuestion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a run's shard: as noted; else it asks twice a second who is there, until three questions
 * have brought nobody new, chooses, preferring those that hold events of the run, and notes it.
 */
final class ShardFinder implements Destination {
  private static final Logger LOG = LoggerFactory.getLogger(ShardFinder.class);
  private static final long ASK_MILLIS = 500;
  private static final int QUIET = 3;

  private final RunId run;
  private final ShardNote note;
  private final Optional<Shard> noted;
  private final Consumer<Shard> found;
  private final String answerTo = EventAddresses.SHARDS + "." + UUID.randomUUID();
  private final Map<Shard, Boolean> offers = new HashMap<>();
  private final Promise<Shard> chosen = Promise.promise();
  private int offersBefore;
  private int quiet;
  private int asked;
  private boolean noting;
  private boolean unwritable;

  /**
   * @param found is told the shard before the first event goes there
   */
  ShardFinder(RunId run, ShardNote note, Optional<Shard> noted, Consumer<Shard> found) {
    this.run = run;
    this.note = note;
    this.noted = noted;
    this.found = found;
  }

  @Override
  public Future<String> find(Vertx vertx) {
    return noted
        .map(Future::succeededFuture)
        .orElseGet(() -> choose(vertx))
        .onSuccess(found::accept)
        .map(EventAddresses::events);
  }

  private Future<Shard> choose(Vertx vertx) {
    MessageConsumer<JsonObject> answers =
        vertx.eventBus().consumer(answerTo, answer -> hear(answer.body()));
    long asking = vertx.setPeriodic(0, ASK_MILLIS, timer -> goOn(vertx));
    return chosen
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(asking);
              answers.unregister();
            });
  }

  private void hear(JsonObject answer) {
    try {
      ShardOffer offer = ShardOffer.fromJson(answer);
      offers.put(offer.shard(), offer.knowsRun());
    } catch (IllegalArgumentException e) {
      LOG.warn("Run {}: an answer makes no sense: {}", run, e.getMessage());
    }
  }

  private void goOn(Vertx vertx) {
    if (noting) {
      return;
    }
    quiet = offers.isEmpty() || offers.size() > offersBefore ? 0 : quiet + 1;
    offersBefore = offers.size();
    if (quiet == QUIET) {
      quiet = 0;
      note(vertx, choice());
      return;
    }
    if (++asked == 4 && offers.isEmpty()) {
      LOG.warn("Run {}: no collector is there; events wait in the spool", run);
    }
    vertx.eventBus().publish(EventAddresses.SHARDS, new ShardQuestion(run, answerTo).toJson());
  }

  private Shard choice() {
    List<Shard> knowing =
        offers.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    return ShardChoice.of(run, knowing.isEmpty() ? offers.keySet() : knowing);
  }

  private void note(Vertx vertx, Shard shard) {
    noting = true;
    vertx
        .executeBlocking(
            () -> {
              note.write(shard);
              return shard;
            })
        .onComplete(
            written -> {
              noting = false;
              if (written.succeeded()) {
                LOG.info("Run {} is with shard {}", run, shard);
                chosen.tryComplete(shard);
              } else if (!unwritable) {
                unwritable = true;
                LOG.warn(
                    "Run {}: its shard cannot be noted, events wait in the spool: {}",
                    run,
                    written.cause().toString());
              }
            });
  }
}
