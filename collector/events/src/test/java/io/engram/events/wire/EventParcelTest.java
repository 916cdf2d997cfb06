package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.engram.events.EventExamples;
import io.engram.events.RunId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventParcelTest {
  private static final EventParcel PARCEL = EventParcel.of(EventExamples.all());

  @Test
  void isReadAsItWasWritten() {
    EventParcel gap =
        new EventParcel(new RunId("a"), 7, 3, 2, 11, 5, ByteBuffer.wrap(new byte[] {1, 2, 3}));

    assertThat(EventParcel.read(gap.encode())).isEqualTo(gap);
    assertThat(EventParcel.read(PARCEL.encode())).isEqualTo(PARCEL);
    assertThat(PARCEL.decode().envelopes()).hasSameSizeAs(EventExamples.all());
    assertThat(PARCEL.after()).isEqualTo(-1);
    assertThat(PARCEL.last()).isEqualTo(EventExamples.all().size() - 1L);
  }

  @Test
  void bytesThatAreNoParcelAreRefused() {
    byte[] whole = new byte[PARCEL.encode().remaining()];
    PARCEL.encode().get(whole);
    int head = whole.length - PARCEL.bytes();
    for (int length = 0; length < head; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length));
      assertThatIllegalArgumentException().isThrownBy(() -> EventParcel.read(cut));
    }
    EventParcel backwards =
        new EventParcel(new RunId("a"), 7, 11, 2, 11, 1, ByteBuffer.allocate(0));
    assertThatIllegalArgumentException().isThrownBy(() -> EventParcel.read(backwards.encode()));
    EventParcel crowded = new EventParcel(new RunId("a"), 7, 3, 2, 5, 3, ByteBuffer.allocate(0));
    assertThatIllegalArgumentException().isThrownBy(() -> EventParcel.read(crowded.encode()));
  }

  @Property(tries = 300)
  void theCodecNeverThrows(
      @ForAll @IntRange(max = 200) int length, @ForAll byte change, @ForAll @IntRange int where) {
    EventParcelCodec codec = new EventParcelCodec();
    Buffer buffer = Buffer.buffer();
    buffer.appendString("abc");
    codec.encodeToWire(buffer, PARCEL);
    assertThat(codec.decodeFromWire(3, buffer)).isEqualTo(PARCEL);

    byte[] bytes = buffer.getBytes();
    bytes[3 + Math.floorMod(where, bytes.length - 3)] ^= change;
    EventParcel damaged =
        codec.decodeFromWire(
            3, Buffer.buffer(Arrays.copyOf(bytes, Math.max(3, bytes.length - length))));

    assertThat(damaged.decode()).isNotNull();
  }
}
