package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventArbitraries;
import io.engram.events.EventBatch;
import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainerReported;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  @Property
  void everythingThatCanBeSaidArrivesAsItWasSaid(
      @ForAll("envelopeLists") List<EventEnvelope> said) {
    byte[] bytes = Frames.of(said);
    EventBatch read = WireFormatV1.decode(ByteBuffer.wrap(bytes));
    assertThat(read.undecodable()).isZero();
    assertThat(read.envelopes()).usingRecursiveComparison(EventComparison.exact()).isEqualTo(said);
    assertThat(Frames.of(read.envelopes())).isEqualTo(bytes);
  }

  @Test
  void theOrderInsideAMapDoesNotShow() {
    Map<String, Long> forwards = new LinkedHashMap<>();
    Map<String, Long> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      forwards.put("reason" + i, (long) i);
      backwards.put("reason" + (99 - i), (long) (99 - i));
    }
    assertThat(Frames.of(reported(forwards))).isEqualTo(Frames.of(reported(backwards)));
  }

  @Test
  void theBufferThatIsReadStaysWhereItIs() {
    ByteBuffer bytes = ByteBuffer.wrap(Frames.of(reported(Map.of()))).position(0);
    WireFormatV1.decode(bytes);
    assertThat(bytes.position()).isZero();
    assertThat(bytes.remaining()).isEqualTo(bytes.capacity());
  }

  @Test
  void readOnlyDirectAndLittleEndianBuffersAreReadAlike() {
    EventEnvelope said = reported(Map.of("queue_full", 3L));
    byte[] bytes = Frames.of(said);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3).position(3);
    direct.put(bytes).position(3);
    for (ByteBuffer buffer :
        List.of(
            ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
            direct,
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))) {
      assertThat(WireFormatV1.decode(buffer)).isEqualTo(new EventBatch(List.of(said), 0));
    }
  }

  private static EventEnvelope reported(Map<String, Long> dropped) {
    return new EventEnvelope(
        new RunId("a"),
        1,
        2,
        3,
        4,
        5,
        new TrainerReported(TrainerReported.State.RUNNING, 3, dropped));
  }

  @Provide
  Arbitrary<List<EventEnvelope>> envelopeLists() {
    return EventArbitraries.envelopeLists();
  }
}
