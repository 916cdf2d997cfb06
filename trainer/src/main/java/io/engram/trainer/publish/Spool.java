package io.engram.trainer.publish;

import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.TrainerReported;
import io.engram.events.delivery.SpoolEnds;
import io.engram.events.delivery.SpoolQuota;
import io.engram.events.delivery.SpoolTail;
import io.engram.events.log.LogLock;
import io.engram.events.log.LogOptions;
import io.engram.events.log.LogReader;
import io.engram.events.log.LogRecord;
import io.engram.events.log.LogWriteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's events on disk, from their emission to the collector's acknowledgement, over crashes. Two
 * logs: {@code kept}, and {@code examples} for what steps say of single examples, which is evicted
 * by its oldest segment when the quota is reached. Read in the one order of incarnation and
 * sequence. For one thread.
 */
final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final long LARGEST_SEGMENT = 8L << 20;
  private static final int SEGMENTS = 16;

  private final LogLock lock;
  private final SpoolQuota quota;
  private final DropCounters dropped;
  private final SpoolLane kept;
  private final SpoolLane evictable;
  private final long lastIncarnation;
  private long acknowledgedIncarnation = -1;
  private long acknowledgedSequence = -1;
  private long evicted;
  private long reported;
  private long noted;
  private long failures;

  /**
   * Opens a spool and finds what an earlier incarnation left in it.
   *
   * @throws IOException if the folder cannot be used, or is in use
   */
  Spool(SpoolOptions options, DropCounters dropped) throws IOException {
    this.lock =
        LogLock.acquire(
            options.dir().resolve("lock"),
            "another trainer of this run uses it: give the run a name of its own");
    this.quota = new SpoolQuota(options.quotaBytes());
    this.dropped = dropped;
    LogOptions segments =
        new LogOptions(Math.min(LARGEST_SEGMENT, options.quotaBytes() / SEGMENTS));
    kept = new SpoolLane(options.dir().resolve("kept"), segments);
    evictable = new SpoolLane(options.dir().resolve("examples"), segments);
    lastIncarnation = recover(options.dir());
    evicted = noted;
    dropped.add(DropReason.EVICTED, evicted);
  }

  private long recover(Path dir) throws IOException {
    long last = -1;
    SpoolTail keptTail = new SpoolTail(kept.log.firstIndex());
    try (LogReader reader = kept.log.read(0)) {
      for (LogRecord read = reader.next(); read != null; read = reader.next()) {
        SpoolRecord record = SpoolRecord.read(read);
        keptTail.add(record.place());
        last = Math.max(last, record.incarnation());
        if (!record.isEvent()) {
          acknowledgedIncarnation = record.incarnation();
          acknowledgedSequence = record.sequence();
          noted = record.unreported();
        }
      }
    }
    SpoolTail evictableTail = new SpoolTail(evictable.log.firstIndex());
    try (LogReader reader = evictable.log.read(0)) {
      for (LogRecord read = reader.next(); read != null; read = reader.next()) {
        evictableTail.add(SpoolRecord.read(read).place());
      }
    }
    SpoolEnds ends =
        SpoolEnds.of(keptTail, kept.log.nextIndex(), evictableTail, evictable.log.nextIndex());
    long cut = kept.cutAt(ends.first()) + evictable.cutAt(ends.second());
    if (cut > 0) {
      LOG.warn("The end of the spool {} was torn: {} records after it are given up", dir, cut);
    }
    return last;
  }

  /** The latest incarnation that wrote to it, or -1. */
  long lastIncarnation() {
    return lastIncarnation;
  }

  /**
   * Appends an event, or drops and counts it: the quota is reached, or the disk fails. Of evicted
   * events that no report tells of yet a note is kept, so that a crash does not hide them.
   */
  void append(EventEnvelope envelope) {
    boolean ofExamples = envelope.event() instanceof ExamplesClassified;
    try {
      ByteBuffer record = record(envelope, ofExamples);
      SpoolQuota.Step step = before(record);
      while (step == SpoolQuota.Step.EVICT) {
        evict();
        record = record(envelope, ofExamples);
        step = before(record);
      }
      if (step == SpoolQuota.Step.DROP) {
        dropped.add(DropReason.SPOOL_FULL, 1);
        return;
      }
      (ofExamples ? evictable : kept).log.append(record);
    } catch (IOException e) {
      failures++;
      dropped.add(DropReason.of(e), 1);
      return;
    }
    if (envelope.event() instanceof TrainerReported report) {
      reported = report.dropped().getOrDefault(DropReason.EVICTED.label(), 0L);
      if (evicted - reported != noted) {
        note();
      }
    }
  }

  private ByteBuffer record(EventEnvelope envelope, boolean ofExamples) {
    return SpoolRecord.of(
        envelope, ofExamples ? evictable.nextPlace(kept) : kept.nextPlace(evictable));
  }

  private void evict() throws IOException {
    long lost = evictable.evict();
    dropped.add(DropReason.EVICTED, lost);
    evicted += lost;
    if (lost > 0) {
      note();
    }
  }

  private SpoolQuota.Step before(ByteBuffer record) {
    return quota.before(record.remaining(), kept.log.bytes(), evictable.log.bytes());
  }

  /** The next stretch of the order that was not taken yet, or null. */
  @Nullable SpooledBatch take(int maxEvents, int maxBytes) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    SpoolRecord first = null;
    SpoolRecord last = null;
    int count = 0;
    while (count < maxEvents && frames.size() < maxBytes) {
      SpoolLane lane = laneOfNext();
      SpoolRecord next = lane == null ? null : lane.peek();
      if (lane == null
          || next == null
          || (first != null && next.incarnation() != first.incarnation())) {
        break;
      }
      lane.take();
      first = first == null ? next : first;
      last = next;
      byte[] frame = new byte[next.frame().remaining()];
      next.frame().get(0, frame);
      frames.write(frame, 0, frame.length);
      count++;
    }
    if (first == null || last == null) {
      return null;
    }
    return new SpooledBatch(
        first.incarnation(),
        first.sequence(),
        last.sequence(),
        count,
        ByteBuffer.wrap(frames.toByteArray()),
        kept.taken(),
        evictable.taken());
  }

  private @Nullable SpoolLane laneOfNext() throws IOException {
    SpoolRecord a = unacknowledged(kept);
    SpoolRecord b = unacknowledged(evictable);
    if (a == null || b == null) {
      return a != null ? kept : b != null ? evictable : null;
    }
    return a.isBefore(b.incarnation(), b.sequence()) ? kept : evictable;
  }

  private @Nullable SpoolRecord unacknowledged(SpoolLane lane) throws IOException {
    SpoolRecord next = lane.peek();
    while (next != null && next.isBefore(acknowledgedIncarnation, acknowledgedSequence + 1)) {
      lane.take();
      next = lane.peek();
    }
    return next;
  }

  /** The collector has this stretch and all before it: whole segments can go. */
  void release(SpooledBatch batch) throws IOException {
    acknowledgedIncarnation = batch.incarnation();
    acknowledgedSequence = batch.last();
    kept.log.trimBefore(batch.keptEnd());
    evictable.log.trimBefore(batch.evictableEnd());
  }

  /** Notes what is acknowledged, for the next incarnation; that it is forgotten does no harm. */
  void noteAcknowledged() {
    if (acknowledgedIncarnation >= 0) {
      note();
    }
  }

  private void note() {
    long unreported = evicted - reported;
    try {
      kept.log.append(
          SpoolRecord.note(
              acknowledgedIncarnation,
              acknowledgedSequence,
              kept.nextPlace(evictable),
              unreported));
      noted = unreported;
    } catch (LogWriteException e) {
      failures++;
    }
  }

  /** Completes when everything appended so far is on the disk. */
  CompletableFuture<Void> commit() {
    long keptEnd = kept.log.nextIndex();
    long evictableEnd = evictable.log.nextIndex();
    return CompletableFuture.allOf(kept.log.commit(), evictable.log.commit())
        .thenRun(
            () -> {
              kept.forcedUpTo(keptEnd);
              evictable.forcedUpTo(evictableEnd);
            });
  }

  /** A commit failed; what it left unsure is kept all the same. */
  void goOnUnsure() {
    failures++;
    kept.log.goOnUnsure();
    evictable.log.goOnUnsure();
  }

  /** Bytes on disk. */
  long bytes() {
    return kept.log.bytes() + evictable.log.bytes();
  }

  /** Writes that failed. */
  long failures() {
    return failures;
  }

  void close() throws IOException {
    kept.close();
    evictable.close();
    lock.close();
  }
}
