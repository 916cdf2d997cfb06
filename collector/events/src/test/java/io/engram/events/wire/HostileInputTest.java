package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Input made to hurt costs memory and time in proportion to its own size. */
class HostileInputTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void noCountMakesTheReaderAllocateAhead() {
    for (EventEnvelope example : EventExamples.all()) {
      byte[] frame = Frames.of(example);
      byte[] payload = Frames.payload(frame);
      for (int at = 0; at <= payload.length - Integer.BYTES; at++) {
        for (int count : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 20}) {
          byte[] changed = payload.clone();
          ByteBuffer.wrap(changed).putInt(at, count);
          ByteBuffer input = ByteBuffer.wrap(Frames.around(1, Frames.kind(frame), changed));
          assertThat(allocatedByDecoding(input))
              .as("%d in place of the bytes at %d of %s", count, at, example)
              .isLessThan(20_000 + 20L * frame.length);
        }
      }
    }
  }

  @Test
  void aCountThatJustFitsIsNotMultiplied() {
    byte[] frame = Frames.of(EventExamples.all().get(5));
    byte[] payload = Frames.payload(frame);
    int listAt = Integer.BYTES + ByteBuffer.wrap(payload).getInt();
    byte[] large = ByteBuffer.allocate(1 << 20).put(payload, 0, listAt).array();
    ByteBuffer.wrap(large).putInt(listAt, (large.length - listAt - 4) / 4);
    ByteBuffer input = ByteBuffer.wrap(Frames.around(1, Frames.kind(frame), large));

    assertThat(WireFormatV1.decode(input).undecodable()).isEqualTo(1);
    assertThat(allocatedByDecoding(input)).isLessThan(4L * large.length);
  }

  @Test
  @Timeout(30)
  void overlappingFramesDoNotTakeQuadraticTime() {
    ByteBuffer bytes = ByteBuffer.allocate(1_000_000 * WireFormatV1.OVERHEAD_BYTES);
    while (bytes.hasRemaining()) {
      bytes.putInt(WireFormatV1.MAGIC).put((byte) 1).put((byte) 3);
      bytes.putInt(bytes.remaining() - 8).putInt(0);
    }
    EventBatch read = WireFormatV1.decode(bytes.flip());
    assertThat(read.envelopes()).isEmpty();
    assertThat(read.undecodable()).isPositive();
  }

  /** Of the second time: the first also loads classes. */
  private static long allocatedByDecoding(ByteBuffer input) {
    WireFormatV1.decode(input);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    WireFormatV1.decode(input);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
