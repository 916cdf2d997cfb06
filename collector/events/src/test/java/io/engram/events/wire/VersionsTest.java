package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventBatch;
import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader of today makes of the writers of tomorrow. */
class VersionsTest {
  private static final EventEnvelope GOOD = EventExamples.all().get(2);
  private static final byte[] ADDED = {1, 2, 3, 4, 5, 6, 7, (byte) 0xFF, 0x45, 0x4E, 0x47};

  @Test
  void otherVersionsAndUnknownKindsAreCountedAndSkipped() {
    byte[] good = Frames.of(GOOD);
    byte[] payload = Frames.payload(good);
    for (int version : new int[] {0, 2, 127, 128, 255}) {
      assertThat(decode(good, Frames.around(version, Frames.kind(good), payload), good))
          .isEqualTo(new EventBatch(List.of(GOOD, GOOD), 1));
    }
    for (int kind : new int[] {0, 16, 255}) {
      assertThat(decode(good, Frames.around(1, kind, payload), good))
          .isEqualTo(new EventBatch(List.of(GOOD, GOOD), 1));
    }
  }

  @Test
  void aNewerPayloadMayHoldAnythingEvenFramesOfToday() {
    byte[] good = Frames.of(GOOD);
    assertThat(decode(Frames.around(2, 77, Frames.concatenated(good, good)), good))
        .isEqualTo(new EventBatch(List.of(GOOD), 1));
  }

  @Test
  void fieldsAddedAfterTheEventAreSkipped() {
    for (EventEnvelope example : EventExamples.all()) {
      byte[] frame = Frames.of(example);
      byte[] payload = Frames.concatenated(Frames.payload(frame), ADDED);
      assertReads(example, Frames.around(1, Frames.kind(frame), payload));
    }
  }

  @Test
  void fieldsAddedAfterTheEnvelopesOwnAreSkipped() {
    for (EventEnvelope example : EventExamples.all()) {
      byte[] frame = Frames.of(example);
      assertReads(example, Frames.around(1, Frames.kind(frame), widened(Frames.payload(frame), 0)));
    }
  }

  @Test
  void fieldsAddedInsideNestedRecordsAreSkipped() {
    EventEnvelope started = EventExamples.all().get(0);
    byte[] frame = Frames.of(started);
    byte[] payload = Frames.payload(frame);
    int block = afterBlock(payload, 0);
    for (String nested : List.of("dataset", "noise", "network", "training", "device")) {
      payload = widened(payload, block);
      block = afterBlock(payload, block);
      assertThat(block).as(nested).isLessThan(payload.length);
    }
    payload = widened(payload, block + Long.BYTES);
    assertThat(afterBlock(payload, block + Long.BYTES))
        .as("the step, then onset as the last block")
        .isEqualTo(payload.length);
    assertReads(started, Frames.around(1, Frames.kind(frame), payload));
  }

  @Test
  void fieldsAddedInsideTheElementsOfAListAreSkipped() {
    EventEnvelope epoch = EventExamples.all().get(5);
    byte[] frame = Frames.of(epoch);
    byte[] payload = Frames.payload(frame);
    int count = afterBlock(payload, 0);
    int element = count + Integer.BYTES;
    for (int i = 0; i < ByteBuffer.wrap(payload).getInt(count); i++) {
      payload = widened(payload, element);
      element = afterBlock(payload, element);
    }
    assertReads(epoch, Frames.around(1, Frames.kind(frame), payload));
  }

  private static int afterBlock(byte[] payload, int block) {
    return block + Integer.BYTES + ByteBuffer.wrap(payload).getInt(block);
  }

  private static byte[] widened(byte[] payload, int block) {
    int end = afterBlock(payload, block);
    byte[] wide =
        Frames.concatenated(
            Arrays.copyOf(payload, end), ADDED, Arrays.copyOfRange(payload, end, payload.length));
    ByteBuffer.wrap(wide).putInt(block, end - block - Integer.BYTES + ADDED.length);
    return wide;
  }

  private static void assertReads(EventEnvelope expected, byte[] bytes) {
    assertThat(decode(bytes))
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(new EventBatch(List.of(expected), 0));
  }

  private static EventBatch decode(byte[]... parts) {
    return WireFormatV1.decode(ByteBuffer.wrap(Frames.concatenated(parts)));
  }
}
