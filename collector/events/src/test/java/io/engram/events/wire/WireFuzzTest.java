package io.engram.events.wire;

import io.engram.events.EventExamples;
import io.engram.events.fuzz.Fuzz;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Frames: nothing is refused by an exception, what cannot be read is counted. Parcels: read, or
 * refused with the reason.
 */
final class WireFuzzTest {
  private static final int BRIEF = 20_000;

  @Test
  void frames() throws Exception {
    List<byte[]> seeds = EventExamples.all().stream().map(Frames::of).toList();
    Fuzz.of("wire frames").run(BRIEF, seeds, input -> WireFormatV1.decode(ByteBuffer.wrap(input)));
  }

  /** With checksums that are right. */
  @Test
  void payloads() throws Exception {
    List<byte[]> seeds =
        EventExamples.all().stream()
            .map(Frames::of)
            .map(
                frame ->
                    Frames.concatenated(new byte[] {Frames.kind(frame)}, Frames.payload(frame)))
            .toList();
    Fuzz.of("wire payloads")
        .run(
            BRIEF,
            seeds,
            input -> {
              int kind = input.length == 0 ? 0 : input[0];
              byte[] payload = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
              WireFormatV1.decode(ByteBuffer.wrap(Frames.around(1, kind, payload)));
            });
  }

  @Test
  void parcels() throws Exception {
    List<byte[]> seeds =
        EventExamples.all().stream()
            .map(example -> EventParcel.of(List.of(example)).encode())
            .map(
                bytes -> {
                  byte[] parcel = new byte[bytes.remaining()];
                  bytes.get(parcel);
                  return parcel;
                })
            .toList();
    Fuzz.of("wire parcels", IllegalArgumentException.class)
        .run(
            BRIEF,
            seeds,
            input -> {
              EventParcel parcel = EventParcel.read(ByteBuffer.wrap(input));
              if (parcel.isReadable()) {
                parcel.decode();
              }
            });
  }
}
