package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.RunId;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.OnsetJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Brings alarms to the runs that they are about. {@link #apply} is all there is to call: at the
 * alarm itself and, because what is under way is not saved, after a restart again for every alarm
 * that has no answer; a run that has heard it answers as the first time and does nothing twice.
 *
 * <p>An alarm is tried until the run has answered, is over or refuses it, at most {@value
 * #MOST_ATTEMPTS} times, with pauses from 50 ms to 2 s. Belongs to the context that owns the runs
 * and never waits on it.
 */
final class OnsetMessenger implements Function<OnsetDetected, Future<OnsetAnswered>> {
  /** About ten minutes, where every attempt is answered at once with a failure. */
  private static final int MOST_ATTEMPTS = 300;

  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  /** A trainer that evaluates hears it afterwards. */
  private static final DeliveryOptions PATIENTLY = new DeliveryOptions().setSendTimeout(10_000);

  private final Vertx vertx;
  private final Runs runs;
  private final CollectorMetrics metrics;
  private final Map<RunId, Sent> sent = new HashMap<>();

  /**
   * @param runs tells which runs are over
   */
  OnsetMessenger(Vertx vertx, Runs runs, CollectorMetrics metrics) {
    this.vertx = vertx;
    this.runs = runs;
    this.metrics = metrics;
  }

  /**
   * Delivers an alarm, once for each (run, incarnation, channel): a second call waits for the same
   * answer.
   *
   * @return what the run did; fails if it refused, or was over before it heard
   */
  @Override
  public Future<OnsetAnswered> apply(OnsetDetected onset) {
    sent.keySet().removeIf(run -> runs.find(run) == null);
    if (isOver(onset)) {
      return Future.failedFuture(over(onset));
    }
    Sent before = sent.get(onset.run());
    if (before == null || before.incarnation() != onset.incarnation()) {
      before = new Sent(onset.incarnation(), new EnumMap<>(OnsetChannel.class));
      sent.put(onset.run(), before);
    }
    Future<OnsetAnswered> earlier = before.answers().get(onset.channel());
    if (earlier != null) {
      return earlier;
    }
    Promise<OnsetAnswered> answer = Promise.promise();
    before.answers().put(onset.channel(), answer.future());
    attempt(onset, answer, 1, FIRST_PAUSE_MILLIS);
    return answer.future();
  }

  private void attempt(
      OnsetDetected onset, Promise<OnsetAnswered> answered, int attempt, long pauseMillis) {
    vertx
        .eventBus()
        .<Object>request(EventAddresses.onset(onset.run()), OnsetJson.of(onset), PATIENTLY)
        .compose(reply -> read(reply.body()))
        .onSuccess(
            answer -> {
              metrics.alarmAcknowledged();
              answered.complete(answer);
            })
        .onFailure(failure -> failed(onset, answered, attempt, pauseMillis, failure));
  }

  private static Future<OnsetAnswered> read(Object body) {
    if (!(body instanceof JsonObject json)) {
      return Future.failedFuture("the answer is no JSON object");
    }
    try {
      return Future.succeededFuture(OnsetJson.answered(json));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture("the answer's " + e.getMessage());
    }
  }

  private void failed(
      OnsetDetected onset,
      Promise<OnsetAnswered> answered,
      int attempt,
      long pauseMillis,
      Throwable failure) {
    if (isRefusal(failure) || attempt == MOST_ATTEMPTS) {
      metrics.alarmUndelivered();
      answered.fail(failure);
      return;
    }
    metrics.alarmRetried();
    vertx.setTimer(
        pauseMillis,
        timer -> {
          if (isOver(onset)) {
            metrics.alarmUndelivered();
            answered.fail(over(onset));
          } else {
            attempt(onset, answered, attempt + 1, Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis));
          }
        });
  }

  /** What the run said no to it will say no to again. */
  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureCode() >= 400
        && reply.failureCode() < 500;
  }

  private boolean isOver(OnsetDetected onset) {
    RunAggregate run = runs.find(onset.run());
    return run == null || run.incarnation() != onset.incarnation() || run.isOver();
  }

  private static String over(OnsetDetected onset) {
    return "run %s is over, or has begun anew".formatted(onset.run());
  }

  private record Sent(long incarnation, Map<OnsetChannel, Future<OnsetAnswered>> answers) {}
}
