package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.OnsetJson;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class OnsetMessengerTest {
  private static final OnsetAnswered PAUSED = new OnsetAnswered(OnsetAction.PAUSE, 12);

  private final Runs runs = new Runs(InstantSource.system());
  private final SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final List<JsonObject> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<OnsetAnswered> answers = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
  private Vertx vertx;
  private OnsetMessenger messenger;

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
    runs.apply(run.start());
    messenger = new OnsetMessenger(vertx, runs, new CollectorMetrics(registry));
  }

  @Test
  void bringsAnAlarmOnceToItsRun() {
    trainer(message -> message.reply(OnsetJson.of(PAUSED)));

    send(OnsetChannel.ONSET, 1);
    send(OnsetChannel.ONSET, 1);
    Poll.until(() -> answers.size() == 2);
    send(OnsetChannel.ONSET, 1);
    send(OnsetChannel.HARM, 1);

    Poll.until(() -> answers.size() == 4);
    assertThat(heard)
        .extracting(json -> OnsetJson.detected(json).channel())
        .containsExactly(OnsetChannel.ONSET, OnsetChannel.HARM);
    assertThat(answers).containsOnly(PAUSED);
    assertThat(count("engram_alarms_acknowledged")).isEqualTo(2);
  }

  @Test
  void goesOnUntilTheRunIsThereAndCanAct() {
    send(OnsetChannel.ONSET, 1);
    Poll.until(() -> count("engram_alarm_retries") >= 2);
    trainer(
        message -> {
          if (heard.size() < 3) {
            message.fail(500, "the disk is full");
          } else {
            message.reply(OnsetJson.of(PAUSED));
          }
        });

    Poll.until(() -> !answers.isEmpty());
    assertThat(heard).hasSize(3);
    assertThat(count("engram_alarm_retries")).isGreaterThanOrEqualTo(4);
    assertThat(count("engram_alarms_undelivered")).isZero();
  }

  @Test
  void takesNoForAnAnswer() {
    trainer(message -> message.fail(409, "another incarnation"));

    send(OnsetChannel.ONSET, 1);

    Poll.until(() -> count("engram_alarms_undelivered") == 1);
    assertThat(heard).hasSize(1);
    assertThat(answers).isEmpty();
    assertThat(refusals).extracting(Throwable::getMessage).containsExactly("another incarnation");
  }

  @Test
  void givesUpWhenTheRunIsOver() {
    send(OnsetChannel.ONSET, 1);
    Poll.until(() -> count("engram_alarm_retries") >= 1);

    vertx.getOrCreateContext().runOnContext(end -> runs.apply(run.stop("enough")));

    Poll.until(() -> refusals.size() == 1);
    assertThat(refusals.get(0)).hasMessage("run alpha is over, or has begun anew");
    assertThat(count("engram_alarms_undelivered")).isEqualTo(1);
  }

  @Test
  void anAlarmOfAnotherIncarnationIsNotSent() {
    trainer(message -> message.reply(OnsetJson.of(PAUSED)));

    send(OnsetChannel.ONSET, 2);
    send(OnsetChannel.WARN, 1);

    Poll.until(() -> !answers.isEmpty());
    assertThat(heard).hasSize(1);
  }

  private void trainer(Consumer<Message<JsonObject>> act) {
    vertx
        .eventBus()
        .<JsonObject>consumer(
            EventAddresses.onset(run.run()),
            message -> {
              heard.add(message.body());
              act.accept(message);
            })
        .completion()
        .await();
  }

  private void send(OnsetChannel channel, long incarnation) {
    OnsetDetected onset =
        new OnsetDetected(
            run.run(),
            incarnation,
            channel,
            "canary_rank",
            1,
            10,
            5,
            4,
            3,
            OnsetDetected.NO_ESTIMATE,
            "canaries are learned",
            0);
    vertx
        .getOrCreateContext()
        .runOnContext(
            now -> messenger.apply(onset).onSuccess(answers::add).onFailure(refusals::add));
  }

  private double count(String name) {
    for (MetricSnapshot metric : registry.scrape()) {
      if (metric.getMetadata().getName().equals(name)) {
        return ((CounterSnapshot) metric).getDataPoints().get(0).getValue();
      }
    }
    throw new AssertionError(name);
  }
}
