package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.CheckpointSaved;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventBatchCodecTest {
  private static final EventBatch BATCH =
      new EventBatch(
          List.of(
              new EventEnvelope(
                  new RunId("a"), 1, 0, 0, 0, 5, new CheckpointSaved("checkpoint-0.zip")),
              new EventEnvelope(
                  new RunId("a"), 1, 1, 1, 7, 6, new CheckpointSaved("checkpoint-7.zip"))),
          3);

  private final EventBatchCodec codec = new EventBatchCodec();

  @Test
  void theLocalBusHandsOverTheSameInstance() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      EventBatchCodec.register(vertx.eventBus());
      EventBatchCodec.register(vertx.eventBus());
      vertx
          .eventBus()
          .<EventBatch>consumer(
              EventAddresses.EVENTS, message -> message.reply(message.body() == BATCH));
      assertThat(
              vertx
                  .eventBus()
                  .<Boolean>request(EventAddresses.EVENTS, BATCH)
                  .toCompletionStage()
                  .toCompletableFuture()
                  .get(20, TimeUnit.SECONDS)
                  .body())
          .isTrue();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void bytesBeforeAndAfterAreLeftAlone() {
    Buffer buffer = Buffer.buffer("before");
    codec.encodeToWire(buffer, BATCH);
    buffer.appendString("after");
    assertThat(codec.decodeFromWire("before".length(), buffer)).isEqualTo(BATCH);
  }

  @Test
  void aMessageCutShortAnywhereCountsAndKeepsWhatIsWhole() {
    Buffer whole = Buffer.buffer();
    codec.encodeToWire(whole, BATCH);
    int afterFirst = 8 + WireFormatV1.encode(BATCH.envelopes().subList(0, 1)).remaining();
    for (int length = 0; length < whole.length(); length++) {
      EventBatch read = codec.decodeFromWire(0, whole.slice(0, length));
      assertThat(read.undecodable()).as("cut to %d bytes", length).isPositive();
      assertThat(read.envelopes())
          .as("cut to %d bytes", length)
          .isEqualTo(BATCH.envelopes().subList(0, length < afterFirst ? 0 : 1));
    }
  }

  @Test
  void hostileHeadersDoNotThrow() {
    for (int announced : new int[] {Integer.MIN_VALUE, -1, 1, Integer.MAX_VALUE}) {
      for (int before : new int[] {Integer.MIN_VALUE, -1, Integer.MAX_VALUE}) {
        Buffer buffer = Buffer.buffer().appendInt(before).appendInt(announced);
        assertThat(codec.decodeFromWire(0, buffer).undecodable())
            .isEqualTo(before < 0 ? 1 : Integer.MAX_VALUE);
      }
    }
  }

  @Test
  void theNameCarriesTheVersion() {
    assertThat(codec.name()).isEqualTo("engram-event-batch-v1");
    assertThat(codec.systemCodecID()).isEqualTo((byte) -1);
  }
}
