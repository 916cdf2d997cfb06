package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.engram.events.CheckpointSaved;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameSizeTest {
  private static final int WITHOUT_LOCATION = Frames.of(saved(0)).length;

  @Test
  void theLargestFrameIsWrittenAndRead() {
    EventEnvelope largest = saved(WireFormatV1.MAX_FRAME_BYTES - WITHOUT_LOCATION);
    byte[] bytes = Frames.of(largest, saved(1));
    assertThat(WireFormatV1.decode(ByteBuffer.wrap(bytes)))
        .isEqualTo(new EventBatch(List.of(largest, saved(1)), 0));
  }

  @Test
  void aLargerOneIsRefusedByName() {
    EventEnvelope larger = saved(WireFormatV1.MAX_FRAME_BYTES - WITHOUT_LOCATION + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormatV1.encode(List.of(larger)))
        .withMessage(
            "CheckpointSaved of run big-run, sequence 7, takes 16777217 bytes;"
                + " a frame has at most 16777216: emit smaller chunks");
  }

  @Test
  void aLargerOneIsNotReadEither() {
    byte[] payload = new byte[WireFormatV1.MAX_FRAME_BYTES];
    byte[] good = Frames.of(saved(1));
    assertThat(
            WireFormatV1.decode(
                ByteBuffer.wrap(Frames.concatenated(Frames.around(2, 1, payload), good))))
        .isEqualTo(new EventBatch(List.of(saved(1)), 1));
  }

  private static EventEnvelope saved(int locationLength) {
    return new EventEnvelope(
        new RunId("big-run"), 1, 7, 0, 0, 0, new CheckpointSaved("x".repeat(locationLength)));
  }
}
