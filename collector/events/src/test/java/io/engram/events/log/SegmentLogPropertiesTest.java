package io.engram.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A log does what a map in memory does, whatever is asked of it in whatever order. */
class SegmentLogPropertiesTest {
  @Property(tries = 150)
  void equalsAMapInMemory(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 400) int segmentBytes)
      throws Exception {
    Path dir = Logs.newFolder();
    LogOptions options = new LogOptions(segmentBytes);
    TreeMap<Long, ByteBuffer> model = new TreeMap<>();
    long next = 0;
    SegmentLog log = SegmentLog.open(dir, options);
    LogReader reader = log.read(0);
    try {
      for (int i = 0; i < 60; i++) {
        switch (random.nextInt(12)) {
          case 0 -> {
            reader.close();
            log.close();
            log = SegmentLog.open(dir, options);
            reader = log.read(random.nextInt((int) next + 1));
            assertThat(log.recovery()).isEqualTo(new Recovery(log.firstIndex(), next, 0, 0));
          }
          case 1 -> {
            long index = random.nextInt((int) next + 2);
            log.trimBefore(index);
            assertThat(log.firstIndex()).isLessThanOrEqualTo(Math.max(index, log.firstIndex()));
            model.headMap(log.firstIndex()).clear();
            assertThat(model.headMap(Math.min(index, next))).hasSizeLessThanOrEqualTo(segmentBytes);
          }
          case 2 -> log.roll();
          case 3 -> {
            next = Math.max(log.firstIndex(), next - random.nextInt(4));
            log.rewind(next);
            model.tailMap(next, true).clear();
            reader.close();
            reader = log.read(log.firstIndex());
          }
          case 4 -> assertThat(log.commit().get()).isEqualTo(next);
          case 5 -> {
            LogRecord read = reader.next();
            if (read != null) {
              assertThat(read.payload()).isEqualTo(model.get(read.index()));
              assertThat(reader.index()).isEqualTo(read.index() + 1);
            }
          }
          default -> {
            ByteBuffer payload = Logs.payload(random.nextInt(), random.nextInt(120));
            assertThat(log.append(payload)).isEqualTo(next);
            model.put(next++, payload);
          }
        }
        assertThat(log.nextIndex()).isEqualTo(next);
      }
      assertThat(Logs.read(log, 0)).isEqualTo(model);
      long from = random.nextInt((int) next + 1);
      assertThat(Logs.read(log, from)).isEqualTo(model.tailMap(from));
    } finally {
      reader.close();
      log.close();
      Logs.delete(dir);
    }
  }

  @Property(tries = 40)
  void whatFollowsTornBytesIsAppendedAsIfTheyHadNeverBeen(@ForAll Random random)
      throws IOException {
    Path dir = Logs.newFolder();
    try {
      TreeMap<Long, ByteBuffer> model = new TreeMap<>();
      for (int life = 0; life < 5; life++) {
        try (SegmentLog log = SegmentLog.open(dir, new LogOptions(150))) {
          for (int i = random.nextInt(5); i > 0; i--) {
            ByteBuffer payload = Logs.payload(random.nextInt(), random.nextInt(60));
            model.put(log.append(payload), payload);
          }
          assertThat(Logs.read(log, 0)).isEqualTo(model);
        }
        if (!model.isEmpty()) {
          Damage.appendTo(Logs.segments(dir), random);
        }
      }
    } finally {
      Logs.delete(dir);
    }
  }
}
