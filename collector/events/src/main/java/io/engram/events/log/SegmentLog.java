package io.engram.events.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A log in a folder. One thread appends and trims; {@link #commit()} and the figures may be asked
 * for by any. Memory does not grow with the log.
 *
 * <p>A write that fails is undone: the log stays as it was, and the next append tries again. A
 * {@code force} that fails leaves it open what of the records since the last one is on the disk;
 * the log goes on in a new segment, and the caller appends again what it must not lose.
 */
public final class SegmentLog implements Closeable {
  /** Segments that a killed process may have written since its last force. */
  private static final int UNFORCED = 16;

  private final Path dir;
  private final LogOptions options;
  private final SegmentFile.Opener opener;
  private final NavigableMap<Long, Segment> segments = new TreeMap<>();
  private final List<Segment> unsynced = new ArrayList<>();
  private final GroupCommit commits;
  private final Recovery recovery;
  private @Nullable Segment active;
  private boolean newFile;
  private long next;
  private @Nullable LogWriteException unsure;
  private long durable;
  private long failures;

  private SegmentLog(Path dir, LogOptions options, SegmentFile.Opener opener, long atLeast)
      throws IOException {
    this.dir = dir;
    this.options = options;
    this.opener = opener;
    Files.createDirectories(dir);
    try (Stream<Path> files = Files.list(dir)) {
      files
          .filter(file -> Segment.indexOf(file) >= 0)
          .forEach(
              file -> segments.put(Segment.indexOf(file), new Segment(dir, Segment.indexOf(file))));
    }
    for (Segment segment : segments.values()) {
      segment.bytes = Files.size(segment.path);
    }
    recovery = recover(atLeast);
    durable = next;
    segments.descendingMap().values().stream().limit(UNFORCED).forEach(this::markDirty);
    newFile = !segments.isEmpty();
    commits = new GroupCommit("engram-commit-" + dir.getFileName(), this::force);
  }

  /**
   * Opens a log and cuts off its torn tail; the folder is made when missing. What a killed process
   * left in memory alone counts as durable; the first {@link #commit} makes it so.
   */
  public static SegmentLog open(Path dir, LogOptions options) throws IOException {
    return open(dir, options, 0);
  }

  /**
   * Opens a log as {@link #open(Path, LogOptions)} does.
   *
   * @param atLeast the next index is not below this: what others know of the log, so that an index
   *     whose record is damaged at the very end is not used twice
   */
  public static SegmentLog open(Path dir, LogOptions options, long atLeast) throws IOException {
    return new SegmentLog(dir, options, SegmentFile::open, atLeast);
  }

  static SegmentLog open(Path dir, LogOptions options, SegmentFile.Opener opener)
      throws IOException {
    return new SegmentLog(dir, options, opener, 0);
  }

  private Recovery recover(long atLeast) throws IOException {
    long torn = 0;
    long lost = 0;
    if (!segments.isEmpty()) {
      Segment last = segments.lastEntry().getValue();
      try (SegmentScan scan = new SegmentScan(last.path, last.firstIndex)) {
        while (scan.next(last.bytes) != null) {
          // only its end is asked for
        }
        torn = last.bytes - scan.position();
        lost = scan.lost();
        next = scan.expected();
        last.bytes = scan.position();
      }
    }
    if (atLeast > next) {
      next = atLeast;
    } else if (!segments.isEmpty()) {
      active = segments.lastEntry().getValue();
    }
    long first = segments.isEmpty() ? next : segments.firstKey();
    return new Recovery(first, next, torn, lost);
  }

  /** What opening it found. */
  public Recovery recovery() {
    return recovery;
  }

  /**
   * Appends a record. One or two system calls; the disk is not waited for.
   *
   * @return its index
   * @throws LogWriteException if it could not be written; then it is as if it had not been tried
   * @throws IllegalArgumentException if the payload is longer than 64 MiB
   */
  public synchronized long append(ByteBuffer payload) throws LogWriteException {
    if (payload.remaining() > RecordFormat.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a record of %d bytes; %d are the most"
              .formatted(payload.remaining(), RecordFormat.MAX_PAYLOAD_BYTES));
    }
    try {
      Segment segment = segmentToWrite();
      SegmentFile file = open(segment);
      if (segment.ragged) {
        file.truncate(segment.bytes);
        segment.ragged = false;
      }
      ByteBuffer header = RecordFormat.header(next, payload);
      segment.ragged = true;
      markDirty(segment);
      file.write(segment.bytes, header, payload.duplicate());
      segment.ragged = false;
      segment.bytes += RecordFormat.HEADER_BYTES + payload.remaining();
      return next++;
    } catch (IOException e) {
      failures++;
      throw new LogWriteException(dir, e);
    }
  }

  private Segment segmentToWrite() {
    Segment current = active;
    if (current == null || current.bytes >= options.segmentBytes()) {
      leaveActive();
      current = new Segment(dir, next);
      segments.put(next, current);
      active = current;
      newFile = true;
    }
    return current;
  }

  private SegmentFile open(Segment segment) throws IOException {
    SegmentFile file = segment.file;
    if (file == null) {
      file = opener.open(segment.path);
      segment.file = file;
    }
    return file;
  }

  private void markDirty(Segment segment) {
    if (!segment.dirty) {
      segment.dirty = true;
      unsynced.add(segment);
    }
  }

  /**
   * Asks for the disk; one {@code force} serves all who asked before it began.
   *
   * @return completes, on the log's own thread, with {@link #durableIndex()} once everything that
   *     was appended before is on the disk, or with a {@link LogWriteException}. After a force that
   *     failed all commits fail, until it is decided what becomes of the records it left unsure
   */
  public synchronized CompletableFuture<Long> commit() {
    LogWriteException failure = unsure;
    return failure == null ? commits.request() : CompletableFuture.failedFuture(failure);
  }

  /** Whether a force failed, and it is not decided yet what becomes of what it left unsure. */
  public synchronized boolean isUnsure() {
    return unsure != null;
  }

  /**
   * What a failed force left unsure is kept all the same, and commits succeed again; the other way
   * out is {@link #rewind} to {@link #durableIndex()}.
   */
  public synchronized void goOnUnsure() {
    unsure = null;
  }

  /** Called by the commit thread alone. */
  private long force() throws LogWriteException {
    List<Segment> forced;
    long upTo;
    boolean folder;
    synchronized (this) {
      if (unsure != null) {
        throw unsure;
      }
      forced = List.copyOf(unsynced);
      unsynced.clear();
      for (Segment segment : forced) {
        segment.dirty = false;
        segment.forcing = true;
      }
      upTo = next;
      folder = newFile;
      newFile = false;
    }
    try {
      for (Segment segment : forced) {
        SegmentFile file = openToForce(segment);
        if (file != null) {
          file.force();
        }
      }
      if (folder) {
        FolderSync.force(dir);
      }
    } catch (IOException e) {
      throw leftUnsure(forced, folder, new LogWriteException(dir, e));
    }
    synchronized (this) {
      durable = Math.max(durable, upTo);
      for (Segment segment : forced) {
        segment.forcing = false;
        if (segment != active && !segment.dirty) {
          closeQuietly(segment);
        }
      }
      return durable;
    }
  }

  /** Null where it was trimmed meanwhile. */
  private synchronized @Nullable SegmentFile openToForce(Segment segment) throws IOException {
    return segment.file == null && segments.get(segment.firstIndex) != segment
        ? null
        : open(segment);
  }

  private synchronized LogWriteException leftUnsure(
      List<Segment> forced, boolean folder, LogWriteException failure) {
    failures++;
    newFile |= folder;
    active = null;
    unsure = failure;
    for (Segment segment : forced) {
      segment.forcing = false;
      markDirty(segment);
    }
    return failure;
  }

  /** Begins a new segment with the next record, so that all before can be trimmed. */
  public synchronized void roll() {
    if (active != null && active.bytes > 0) {
      leaveActive();
    }
  }

  /** Nothing more is written to it; it is closed now, or once it is forced. */
  private void leaveActive() {
    Segment left = active;
    active = null;
    if (left != null) {
      closeIfForced(left);
    }
  }

  private void closeIfForced(Segment segment) {
    if (!segment.dirty && !segment.forcing) {
      closeQuietly(segment);
    }
  }

  /**
   * Takes back the records from an index on, those that a failed commit left unsure above all.
   *
   * @throws LogWriteException if they could not be removed; then it may be tried again
   */
  public synchronized void rewind(long index) throws LogWriteException {
    if (index >= next) {
      unsure = null;
      return;
    }
    try {
      active = null;
      while (!segments.isEmpty() && segments.lastKey() >= index) {
        Segment last = segments.lastEntry().getValue();
        Files.deleteIfExists(last.path);
        segments.remove(last.firstIndex);
        closeIfForced(last);
      }
      if (segments.isEmpty()) {
        next = index;
        open(segmentToWrite()); // an empty file keeps the index
      } else {
        Segment last = segments.lastEntry().getValue();
        last.bytes = offsetOf(last, index);
        SegmentFile file = open(last);
        file.truncate(last.bytes);
        file.force();
        closeIfForced(last);
      }
      FolderSync.force(dir);
    } catch (IOException e) {
      failures++;
      throw new LogWriteException(dir, e);
    }
    next = index;
    durable = Math.min(durable, index);
    unsure = null;
  }

  private static long offsetOf(Segment segment, long index) throws IOException {
    try (SegmentScan scan = new SegmentScan(segment.path, segment.firstIndex)) {
      long offset = 0;
      LogRecord read = scan.next(segment.bytes);
      while (read != null && read.index() < index) {
        offset = scan.position();
        read = scan.next(segment.bytes);
      }
      return offset;
    }
  }

  /**
   * Removes the segments that hold nothing but records before an index. The one that is written to
   * stays.
   *
   * @return the bytes that became free
   */
  public synchronized long trimBefore(long index) throws IOException {
    long freed = 0;
    while (segments.size() > 1 || (segments.size() == 1 && active == null)) {
      Segment oldest = segments.firstEntry().getValue();
      if (endOf(oldest) > index) {
        break;
      }
      if (segments.size() == 1) {
        open(segmentToWrite()); // an empty file keeps the index
      }
      segments.remove(oldest.firstIndex);
      freed += oldest.bytes;
      closeIfForced(oldest);
      Files.deleteIfExists(oldest.path);
    }
    return freed;
  }

  /** Index after the last record of the oldest segment, or -1 where there is none. */
  public synchronized long endOfOldestSegment() {
    return segments.isEmpty() ? -1 : endOf(segments.firstEntry().getValue());
  }

  private long endOf(Segment segment) {
    Long after = segments.higherKey(segment.firstIndex);
    return after == null ? next : after;
  }

  /**
   * Reads from an index on, or from the oldest record where that is later.
   *
   * @return a reader that sees what is appended later, too
   */
  public LogReader read(long from) {
    return new LogReader(this, from);
  }

  /** The segment in which to look for an index, and how far it may be read; null if at the end. */
  synchronized Map.@Nullable Entry<Segment, Long> segmentOf(long index) {
    if (index >= next || segments.isEmpty()) {
      return null;
    }
    Map.Entry<Long, Segment> floor = segments.floorEntry(index);
    Segment segment = floor == null ? segments.firstEntry().getValue() : floor.getValue();
    return Map.entry(segment, segment.bytes);
  }

  /** First index of the segment after one, or -1 if it is the last. */
  synchronized long segmentAfter(Segment segment) {
    Long after = segments.higherKey(segment.firstIndex);
    return after == null ? -1 : after;
  }

  /** Index of the oldest record that is kept, or the next index where none is. */
  public synchronized long firstIndex() {
    return segments.isEmpty() ? next : segments.firstKey();
  }

  /** Index that the next record will have. */
  public synchronized long nextIndex() {
    return next;
  }

  /** Records below this are known to be on the disk. */
  public synchronized long durableIndex() {
    return durable;
  }

  /** Bytes of all segments. */
  public synchronized long bytes() {
    return segments.values().stream().mapToLong(segment -> segment.bytes).sum();
  }

  /** Writes and commits that failed so far. */
  public synchronized long failures() {
    return failures;
  }

  /** Waits for a last commit, then closes the files; what could not be committed is not told. */
  @Override
  public void close() {
    commits.close();
    synchronized (this) {
      segments.values().forEach(this::closeQuietly);
      unsynced.forEach(this::closeQuietly);
    }
  }

  private void closeQuietly(Segment segment) {
    SegmentFile file = segment.file;
    segment.file = null;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        failures++;
      }
    }
  }
}
