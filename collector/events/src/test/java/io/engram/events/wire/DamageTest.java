package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventArbitraries;
import io.engram.events.EventBatch;
import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** Bytes that are not what was written: never an exception, never a good frame lost. */
class DamageTest {
  @Property
  void oneChangedByteCostsItsFrameAndNoOther(
      @ForAll("envelopeLists") @NotEmpty List<EventEnvelope> said,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    int victim = random.nextInt(said.size());
    byte[] frame = Frames.of(said.get(victim));
    frame[random.nextInt(frame.length)] ^= (byte) change;

    EventBatch read =
        decode(
            Frames.of(said.subList(0, victim)),
            frame,
            Frames.of(said.subList(victim + 1, said.size())));

    List<EventEnvelope> others = new ArrayList<>(said);
    others.remove(victim);
    assertThat(read.undecodable()).isEqualTo(1);
    assertThat(read.envelopes())
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(others);
  }

  @Property
  void everyDamagedFrameThatCanBeToldApartIsCounted(
      @ForAll("envelopeLists") List<EventEnvelope> said, @ForAll Random random) {
    List<byte[]> bytes = new ArrayList<>();
    List<EventEnvelope> others = new ArrayList<>();
    for (EventEnvelope envelope : said) {
      byte[] frame = Frames.of(envelope);
      if (random.nextBoolean()) {
        frame[4 + random.nextInt(frame.length - 4)] ^= (byte) (1 + random.nextInt(255));
      } else {
        others.add(envelope);
      }
      bytes.add(frame);
    }

    EventBatch read = decode(bytes.toArray(byte[][]::new));

    assertThat(read.undecodable()).isEqualTo(said.size() - others.size());
    assertThat(read.envelopes())
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(others);
  }

  @Property
  void aCutCostsTheFrameItGoesThrough(
      @ForAll("envelopeLists") @NotEmpty List<EventEnvelope> said, @ForAll Random random) {
    int whole = random.nextInt(said.size());
    byte[] frame = Frames.of(said.get(whole));
    int left = random.nextInt(frame.length);

    EventBatch read = decode(Frames.of(said.subList(0, whole)), Arrays.copyOf(frame, left));

    assertThat(read.undecodable()).isEqualTo(left == 0 ? 0 : 1);
    assertThat(read.envelopes())
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(said.subList(0, whole));
  }

  @Property
  void aMissingBeginningCostsTheFirstFrame(
      @ForAll("envelopeLists") @NotEmpty List<EventEnvelope> said, @ForAll Random random) {
    byte[] frame = Frames.of(said.get(0));
    int missing = 1 + random.nextInt(frame.length - 1);

    EventBatch read =
        decode(
            Arrays.copyOfRange(frame, missing, frame.length),
            Frames.of(said.subList(1, said.size())));

    assertThat(read.undecodable()).isEqualTo(1);
    assertThat(read.envelopes())
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(said.subList(1, said.size()));
  }

  @Property
  void batchesPutTogetherAreABatch(
      @ForAll("envelopeLists") List<EventEnvelope> first,
      @ForAll("envelopeLists") List<EventEnvelope> second) {
    List<EventEnvelope> both = new ArrayList<>(first);
    both.addAll(second);
    assertThat(Frames.concatenated(Frames.of(first), Frames.of(second))).isEqualTo(Frames.of(both));
  }

  @Property
  void anyBytesBetweenFramesCountOnce(
      @ForAll("envelopeLists") List<EventEnvelope> before,
      @ForAll @Size(min = 1, max = 200) byte[] garbage,
      @ForAll("envelopeLists") List<EventEnvelope> after) {
    EventBatch read = decode(Frames.of(before), garbage, Frames.of(after));
    List<EventEnvelope> both = new ArrayList<>(before);
    both.addAll(after);
    assertThat(read.undecodable()).isEqualTo(1);
    assertThat(read.envelopes()).usingRecursiveComparison(EventComparison.exact()).isEqualTo(both);
  }

  /** With the checksum made right again, only the reader of the fields stands in the way. */
  @Property
  void damageUnderARightChecksumIsReadOrCountedButNotThrown(
      @ForAll("envelopes") EventEnvelope said,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 4) int changes) {
    byte[] frame = Frames.of(said);
    byte[] payload = Frames.payload(frame);
    for (int i = 0; i < changes; i++) {
      payload[random.nextInt(payload.length)] = (byte) random.nextInt();
    }
    byte[] forged = Frames.around(1, Frames.kind(frame), payload);

    EventBatch read = decode(forged, frame);

    assertThat(read.envelopes().size() + read.undecodable()).isEqualTo(2);
    assertThat(read.envelopes().get(read.envelopes().size() - 1))
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(said);
  }

  @Property
  void anyPayloadUnderARightChecksumIsReadOrCountedButNotThrown(
      @ForAll @IntRange(min = 0, max = 12) int kind, @ForAll @Size(max = 300) byte[] payload) {
    EventBatch read = decode(Frames.around(1, kind, payload));
    assertThat(read.envelopes().size() + read.undecodable()).isEqualTo(1);
  }

  private static EventBatch decode(byte[]... parts) {
    return WireFormatV1.decode(ByteBuffer.wrap(Frames.concatenated(parts)));
  }

  @Provide
  Arbitrary<List<EventEnvelope>> envelopeLists() {
    return EventArbitraries.envelopeLists();
  }

  @Provide
  Arbitrary<EventEnvelope> envelopes() {
    return EventArbitraries.envelopes();
  }
}
