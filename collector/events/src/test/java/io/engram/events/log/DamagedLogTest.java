package io.engram.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small log of two segments, each of its bits flipped, and cut at each of its lengths. */
class DamagedLogTest {
  private static final int RECORDS = 7;
  private static final int PAYLOAD = 11;
  private static final int RECORD = RecordFormat.HEADER_BYTES + PAYLOAD;
  private static final LogOptions FOUR_A_SEGMENT = new LogOptions(4L * RECORD);

  @TempDir Path dir;
  private final TreeMap<Long, ByteBuffer> written = new TreeMap<>();

  @BeforeEach
  void write() throws IOException {
    try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT)) {
      for (int i = 0; i < RECORDS; i++) {
        ByteBuffer payload = Logs.payload(i, PAYLOAD);
        written.put(log.append(payload), payload);
      }
    }
    assertThat(Logs.segments(dir)).hasSize(2);
  }

  @Test
  void everyFlippedBitIsNoticedAndCostsItsRecordAlone() throws IOException {
    int flipped = 0;
    for (Path segment : List.copyOf(Logs.segments(dir))) {
      byte[] whole = Files.readAllBytes(segment);
      long first = Segment.indexOf(segment);
      for (int bit = 0; bit < 8 * whole.length; bit++) {
        byte[] hit = whole.clone();
        hit[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(segment, hit);
        expectWithout(first + bit / 8 / RECORD, "bit %d of %s".formatted(bit, segment));
        Files.write(segment, whole);
        flipped++;
      }
    }
    assertThat(flipped).isEqualTo(8 * RECORDS * RECORD);
  }

  private void expectWithout(long victim, String what) throws IOException {
    Map<Long, ByteBuffer> others = new TreeMap<>(written);
    others.remove(victim);
    try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT)) {
      assertThat(Logs.read(log, 0)).as(what).isEqualTo(others);
      long lost;
      try (LogReader reader = log.read(0)) {
        while (reader.next() != null) {
          // to the end
        }
        lost = reader.lost();
      }
      assertThat(lost + log.recovery().tornBytes()).as(what).isPositive();
      assertThat(lost).as(what).isLessThanOrEqualTo(1);
      assertThat(log.nextIndex()).as(what).isBetween(RECORDS - 1L, (long) RECORDS);
    }
  }

  @Test
  void aTornTailOfAnyLengthIsCutOffAndWrittenOver() throws IOException {
    Path last = Logs.segments(dir).get(1);
    byte[] whole = Files.readAllBytes(last);
    for (int length = 0; length < whole.length; length++) {
      Files.write(last, Arrays.copyOf(whole, length));
      long kept = 4 + length / RECORD;
      try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT)) {
        assertThat(log.recovery())
            .as("length %d", length)
            .isEqualTo(new Recovery(0, kept, length % RECORD, 0));
        assertThat(log.append(Logs.payload(99, 3))).isEqualTo(kept);
      }
      try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT)) {
        TreeMap<Long, ByteBuffer> expected = new TreeMap<>(written.headMap(kept));
        expected.put(kept, Logs.payload(99, 3));
        assertThat(log.recovery().tornBytes()).isZero();
        assertThat(Logs.read(log, 0)).as("length %d", length).isEqualTo(expected);
      }
      assertThat(Files.size(last)).isEqualTo((kept - 4) * RECORD + RecordFormat.HEADER_BYTES + 3);
    }
  }

  /** The disk had later blocks of a write, and not the earlier ones. */
  @Test
  void aHoleOfZerosCostsWhatItCovers() throws IOException {
    Path first = Logs.segments(dir).get(0);
    byte[] bytes = Files.readAllBytes(first);
    Arrays.fill(bytes, RECORD / 2, 2 * RECORD + 5, (byte) 0);
    Files.write(first, bytes);
    try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT);
        LogReader reader = log.read(0)) {
      assertThat(Logs.read(log, 0)).isEqualTo(written.tailMap(3L));
      assertThat(reader.next().index()).isEqualTo(3);
      assertThat(reader.lost()).isEqualTo(3);
    }
  }

  @Test
  void aPayloadThatLooksLikeARecordIsNoRecord() throws IOException {
    ByteBuffer inner = Logs.payload(1, 20);
    ByteBuffer trap = ByteBuffer.allocate(RecordFormat.HEADER_BYTES + 20);
    trap.put(RecordFormat.header(8, inner)).put(inner).flip();
    try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT)) {
      written.put(log.append(trap), trap);
      ByteBuffer after = Logs.payload(5, 6);
      written.put(log.append(after), after);
    }
    Path segment = Logs.segments(dir).get(1);
    byte[] bytes = Files.readAllBytes(segment);
    bytes[3 * RECORD + RecordFormat.HEADER_BYTES + 30] ^= 1;
    Files.write(segment, bytes);
    written.remove(7L);
    try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT)) {
      assertThat(Logs.read(log, 0)).isEqualTo(written);
    }
  }

  @Test
  void anIndexThatOthersKnowIsNotUsedAgain() throws IOException {
    Path last = Logs.segments(dir).get(1);
    byte[] bytes = Files.readAllBytes(last);
    bytes[2 * RECORD] ^= 1;
    Files.write(last, bytes);
    ByteBuffer next = Logs.payload(50, 4);
    try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT, RECORDS)) {
      assertThat(log.append(next)).isEqualTo(RECORDS);
    }
    written.remove(6L);
    written.put(7L, next);
    try (SegmentLog log = SegmentLog.open(dir, FOUR_A_SEGMENT)) {
      assertThat(Logs.read(log, 0)).isEqualTo(written);
    }
  }
}
