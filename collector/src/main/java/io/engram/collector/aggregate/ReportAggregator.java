package io.engram.collector.aggregate;

import io.engram.events.TrainerReported;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up the trainer's own figures over incarnations; within one they are totals already. At most
 * {@value #MOST_REASONS} reasons are told apart, further ones are called {@code other}.
 */
final class ReportAggregator {
  private static final int MOST_REASONS = 16;
  private static final String OTHER = "other";

  private long emittedBefore;
  private long emitted;
  private TrainerReported.Spool spool = TrainerReported.Spool.NONE;
  private long unexplained;
  private final TreeMap<String, Long> droppedBefore = new TreeMap<>();
  private final TreeMap<String, Long> dropped = new TreeMap<>();

  ReportAggregator() {}

  ReportAggregator(DataInput in) throws IOException {
    emittedBefore = in.readLong();
    emitted = in.readLong();
    spool =
        new TrainerReported.Spool(
            in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    unexplained = in.readLong();
    readInto(droppedBefore, in);
    readInto(dropped, in);
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(emittedBefore);
    out.writeLong(emitted);
    out.writeLong(spool.bytes());
    out.writeLong(spool.waiting());
    out.writeLong(spool.failures());
    out.writeLong(spool.quotaBytes());
    out.writeLong(spool.lagMillis());
    out.writeLong(unexplained);
    write(droppedBefore, out);
    write(dropped, out);
  }

  void onNewIncarnation() {
    emittedBefore = emitted();
    Map<String, Long> total = dropped();
    droppedBefore.putAll(total);
    emitted = 0;
    spool = TrainerReported.Spool.NONE;
    dropped.clear();
  }

  void onTrainerReported(TrainerReported event) {
    emitted = Math.max(emitted, event.emitted());
    TrainerReported.Spool said = event.spool();
    spool =
        new TrainerReported.Spool(
            Math.max(0, said.bytes()),
            Math.max(0, said.waiting()),
            Math.max(0, said.failures()),
            Math.max(0, said.quotaBytes()),
            Math.max(0, said.lagMillis()));
    dropped.clear();
    new TreeMap<>(event.dropped())
        .forEach((reason, n) -> dropped.merge(bounded(reason), Math.max(0, n), Counts::add));
  }

  private String bounded(String reason) {
    boolean known = droppedBefore.containsKey(reason) || dropped.containsKey(reason);
    return known || dropped().size() < MOST_REASONS ? reason : OTHER;
  }

  long emitted() {
    return Counts.add(emittedBefore, emitted);
  }

  /**
   * Compares what was missed with what the latest report, and the frames that could not be read,
   * account for.
   */
  void check(long missed, long unreadable) {
    long explained = unreadable;
    for (long n : dropped().values()) {
      explained = Counts.add(explained, n);
    }
    unexplained = Math.max(0, missed - explained);
  }

  long unexplained() {
    return unexplained;
  }

  TrainerReported.Spool spool() {
    return spool;
  }

  Map<String, Long> dropped() {
    Map<String, Long> total = new TreeMap<>(droppedBefore);
    dropped.forEach((reason, n) -> total.merge(reason, n, Counts::add));
    return total;
  }

  private static void write(Map<String, Long> counts, DataOutput out) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      StateIo.writeString(out, entry.getKey());
      out.writeLong(entry.getValue());
    }
  }

  private static void readInto(Map<String, Long> counts, DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      counts.put(StateIo.readString(in), in.readLong());
    }
  }
}
