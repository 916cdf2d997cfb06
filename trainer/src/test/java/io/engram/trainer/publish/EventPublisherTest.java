package io.engram.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.CheckpointSaved;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainerReported.State;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
  private static final RunId RUN = new RunId("a");
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
  private static final StepCompleted STEP = new StepCompleted(10, 5, 1.0, 0.1, 0.01);

  private final Vertx vertx = Vertx.vertx();
  private final List<EventEnvelope> received = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void registerCodec() {
    EventBatchCodec.register(vertx.eventBus());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void stampsRunIncarnationSequenceAndTime() throws Exception {
    collect();
    EventPublisher publisher = started(new EventPublisher(RUN, NOON));

    publisher.emit(2, 17, STEP);
    publisher.emit(2, 18, STEP);

    assertThat(stop(publisher)).isZero();
    long noon = NOON.millis();
    assertThat(received)
        .containsExactly(
            new EventEnvelope(RUN, noon, 0, 2, 17, noon, STEP),
            new EventEnvelope(RUN, noon, 1, 2, 18, noon, STEP));
  }

  @Test
  void keepsOrderOverManyBatches() throws Exception {
    collect();
    EventPublisher publisher = started(new EventPublisher(RUN, NOON));

    for (int step = 0; step < 5_000; step++) {
      publisher.emit(0, step, STEP);
    }

    assertThat(stop(publisher)).isZero();
    assertThat(received.stream().map(EventEnvelope::sequence))
        .containsExactlyElementsOf(LongStream.range(0, 5_000).boxed().toList());
  }

  @Test
  void waitsForACollectorThatComesLate() throws Exception {
    EventPublisher publisher = started(new EventPublisher(RUN, NOON));
    publisher.emit(0, 0, STEP);
    vertx.timer(200, TimeUnit.MILLISECONDS).await();

    collect();

    assertThat(stop(publisher)).isZero();
    assertThat(received).hasSize(1);
    assertThat(publisher.dropped()).isEmpty();
  }

  @Test
  void dropsAndCountsWhatDoesNotFitAndLeavesTheGap() throws Exception {
    EventPublisher publisher =
        new EventPublisher(RUN, NOON, new EventQueue(4, EventPublisher.MAX_BYTES));
    for (int step = 0; step < 7; step++) {
      publisher.emit(0, step, STEP);
    }
    assertThat(publisher.dropped()).isEqualTo(Map.of("queue_full", 3L));
    collect();

    started(publisher);
    assertThat(publisher.stop(Duration.ofSeconds(30)).await()).isZero();
    publisher.report(0, 7, State.RUNNING);
    assertThat(stop(publisher)).isZero();

    assertThat(received.stream().map(EventEnvelope::sequence)).containsExactly(0L, 1L, 2L, 3L, 7L);
    assertThat(received.get(4).event())
        .isEqualTo(new TrainerReported(State.RUNNING, 8, Map.of("queue_full", 3L)));
    assertThat(publisher.emitted()).isEqualTo(8);
  }

  @Test
  void boundsTheBytesThatWait() {
    EventQueue queue = new EventQueue(16, 2 * EventQueue.size(STEP));
    EventEnvelope envelope = new EventEnvelope(RUN, 0, 0, 0, 0, 0, STEP);

    assertThat(queue.offer(envelope)).isTrue();
    assertThat(queue.offer(envelope)).isTrue();
    assertThat(queue.offer(envelope)).isFalse();
    assertThat(queue.poll()).isSameAs(envelope);
    assertThat(queue.offer(envelope)).isTrue();
  }

  @Test
  void countsWhatTheCollectorRefusesAndGoesOn() throws Exception {
    MessageConsumer<EventBatch> refusing =
        consume(message -> message.fail(500, "cannot apply this"));
    EventPublisher publisher = started(new EventPublisher(RUN, NOON));
    publisher.emit(0, 0, STEP);
    assertThat(publisher.stop(Duration.ofSeconds(30)).await()).isZero();
    refusing.unregister().await();
    collect();

    publisher.emit(0, 1, new CheckpointSaved("x"));

    assertThat(stop(publisher)).isZero();
    assertThat(publisher.dropped()).isEqualTo(Map.of("rejected", 1L));
    assertThat(received.stream().map(EventEnvelope::sequence)).containsExactly(1L);
  }

  @Test
  void saysWhatNobodyTook() {
    EventPublisher publisher = started(new EventPublisher(RUN, NOON));
    publisher.emit(0, 0, STEP);
    publisher.emit(0, 1, STEP);

    assertThat(publisher.stop(Duration.ofMillis(50)).await()).isEqualTo(2);
  }

  private void collect() {
    consume(
        message -> {
          received.addAll(message.body().envelopes());
          message.reply(0L);
        });
  }

  private MessageConsumer<EventBatch> consume(java.util.function.Consumer<Message<EventBatch>> to) {
    MessageConsumer<EventBatch> consumer =
        vertx.eventBus().consumer(EventAddresses.EVENTS, to::accept);
    consumer.completion().await();
    return consumer;
  }

  private EventPublisher started(EventPublisher publisher) {
    publisher.start(vertx).await();
    return publisher;
  }

  private static int stop(EventPublisher publisher) {
    return publisher.stop(Duration.ofSeconds(30)).await();
  }
}
