package io.engram.collector.store;

import io.engram.events.RunId;
import io.engram.events.delivery.Admission;
import io.engram.events.delivery.Inbox;
import io.engram.events.log.LogLock;
import io.engram.events.log.LogReader;
import io.engram.events.log.LogRecord;
import io.engram.events.log.SegmentLog;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a journal anew without what nobody needs: runs that were filed away and whose file is
 * there, what stands in it twice, what a newer start of its run had replaced when it came, and
 * notes. What is left gives the same runs, bit for bit, and the branches that they left.
 *
 * <p>Records move up: the last keeps its index, so that what snapshots say of the journal, that all
 * before an index is in them, stays true; what is read again on that account counts once, as ever.
 *
 * <p>The new journal is written and forced to the disk beside the old one, which is then moved
 * aside, replaced, and removed; {@link #recover} ends what a crash left in between.
 */
public final class Compaction {
  private static final int DURABLE = 1;

  private final Path dir;
  private final Predicate<RunId> filed;
  private final Runnable changed;

  /**
   * What became of it.
   *
   * @param records that there were
   * @param kept that are left
   * @param bytesBefore that they took
   * @param bytesAfter that they take
   */
  public record Result(long records, long kept, long bytesBefore, long bytesAfter) {}

  /**
   * @param dir the journal's folder
   * @param filed whether the file of a run that was filed away is there; without it the run stays
   */
  public Compaction(Path dir, Predicate<RunId> filed) {
    this(dir, filed, () -> {});
  }

  /**
   * @param changed is told after each change on the disk
   */
  Compaction(Path dir, Predicate<RunId> filed, Runnable changed) {
    this.dir = dir;
    this.filed = filed;
    this.changed = changed;
  }

  /**
   * Does it. Time: reads the journal twice. Memory: a bit for each record.
   *
   * @throws IOException if the journal is in use or damaged, which is to be looked at first, or the
   *     disk fails; then it is as before
   */
  public Result run() throws IOException {
    LogLock lock = Journal.lock(dir);
    try {
      recover(dir);
      return compact();
    } finally {
      lock.close();
    }
  }

  private Result compact() throws IOException {
    Path part = part(dir);
    Result result;
    try (SegmentLog log = SegmentLog.open(dir, Journal.SEGMENTS)) {
      BitSet kept = choose(log);
      long all = log.nextIndex() - log.firstIndex();
      // A note at the end says that the others are on the disk.
      if (kept.cardinality() + 1 >= all) {
        return new Result(all, all, log.bytes(), log.bytes());
      }
      result = new Result(all, kept.cardinality(), log.bytes(), copy(log, kept, part));
    }
    move(dir, aside(dir));
    move(part, dir);
    force(dir.toAbsolutePath().getParent());
    delete(aside(dir));
    return result;
  }

  /** Which records are kept, counted from the first. */
  private BitSet choose(SegmentLog log) throws IOException {
    Map<RunId, Long> filedAway = filedAway(log);
    Map<RunId, Inbox> inboxes = new HashMap<>();
    BitSet kept = new BitSet();
    try (LogReader reader = log.read(log.firstIndex())) {
      for (LogRecord read = reader.next(); read != null; read = reader.next()) {
        JournalRecord record = JournalRecord.read(read.index(), read.payload());
        if (isNeeded(record, inboxes, filedAway)) {
          kept.set(Math.toIntExact(read.index() - log.firstIndex()));
        }
      }
      if (reader.lost() > 0) {
        throw new IOException(
            "%d records of the journal %s are damaged: it stays as it is"
                .formatted(reader.lost(), dir));
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the journal %s stays as it is, a record cannot be read: %s"
              .formatted(dir, e.getMessage()),
          e);
    }
    return kept;
  }

  private static boolean isNeeded(
      JournalRecord record, Map<RunId, Inbox> inboxes, Map<RunId, Long> filedAway) {
    RunId retired = record.retired();
    if (retired != null) {
      inboxes.remove(retired);
      return record.index() > filedAway.getOrDefault(retired, -1L);
    }
    EventParcel parcel = record.parcel();
    if (parcel == null || record.index() < filedAway.getOrDefault(parcel.run(), -1L)) {
      return false;
    }
    // What comes too early is kept: a snapshot may know what was before it.
    Admission.Kind kind =
        inboxes
            .computeIfAbsent(parcel.run(), unknown -> new Inbox())
            .readBack(parcel.incarnation(), parcel.after(), parcel.settled(), parcel.last(), false)
            .kind();
    return kind != Admission.Kind.DUPLICATE && kind != Admission.Kind.SUPERSEDED;
  }

  /** For each run that was filed away, the index of the record that says so last. */
  private Map<RunId, Long> filedAway(SegmentLog log) throws IOException {
    Map<RunId, Long> last = new HashMap<>();
    try (LogReader reader = log.read(log.firstIndex())) {
      for (LogRecord read = reader.next(); read != null; read = reader.next()) {
        RunId retired = JournalRecord.read(read.index(), read.payload()).retired();
        if (retired != null && filed.test(retired)) {
          last.put(retired, read.index());
        }
      }
    }
    return last;
  }

  private long copy(SegmentLog log, BitSet kept, Path part) throws IOException {
    long first = log.nextIndex() - kept.cardinality() - 1;
    try (SegmentLog anew = SegmentLog.open(part, Journal.SEGMENTS, first);
        LogReader reader = log.read(log.firstIndex())) {
      changed.run();
      for (LogRecord read = reader.next(); read != null; read = reader.next()) {
        if (kept.get(Math.toIntExact(read.index() - log.firstIndex()))) {
          ByteBuffer payload = ByteBuffer.allocate(read.payload().remaining());
          payload.put(read.payload().duplicate()).flip();
          payload.putLong(DURABLE, anew.nextIndex());
          anew.append(payload);
          changed.run();
        }
      }
      anew.append(JournalRecord.note(anew.nextIndex()));
      anew.commit().get();
      return anew.bytes();
    } catch (ExecutionException e) {
      throw new IOException("the new journal cannot be brought to the disk", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Ends what a crash left in between; to be called by who holds the lock.
   *
   * @param dir the journal's folder
   */
  static void recover(Path dir) throws IOException {
    if (Files.isDirectory(aside(dir)) && isEmpty(dir)) {
      Files.deleteIfExists(dir);
      // The old one goes aside when the new one is whole.
      Path whole = Files.isDirectory(part(dir)) ? part(dir) : aside(dir);
      Files.move(whole, dir, StandardCopyOption.ATOMIC_MOVE);
      force(dir.toAbsolutePath().getParent());
    }
    for (Path left : List.of(part(dir), aside(dir))) {
      if (Files.isDirectory(left)) {
        deleteAll(left, () -> {});
      }
    }
  }

  /** Nothing is there, or the empty folder that somebody made who looked in between. */
  private static boolean isEmpty(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return true;
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files.findAny().isEmpty();
    }
  }

  /** Whether there is a journal, or will be when {@link #recover} was there. */
  public static boolean isJournal(Path dir) {
    return Files.isDirectory(dir) || Files.isDirectory(aside(dir));
  }

  private static Path part(Path dir) {
    return dir.resolveSibling(dir.getFileName() + ".compacting");
  }

  private static Path aside(Path dir) {
    return dir.resolveSibling(dir.getFileName() + ".before");
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    changed.run();
  }

  private void delete(Path folder) throws IOException {
    deleteAll(folder, changed);
  }

  private static void deleteAll(Path folder, Runnable changed) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
        changed.run();
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(folder);
    changed.run();
  }

  private static void force(@Nullable Path folder) throws IOException {
    if (folder != null) {
      try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }
}
