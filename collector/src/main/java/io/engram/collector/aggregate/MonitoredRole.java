package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import io.engram.events.PredictionsMonitored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The monitored examples of one role, in the chunks in which they come, the same at every look. A
 * chunk that a look lacks is forgotten and begins anew when it comes again.
 */
final class MonitoredRole {
  private static final int MOST_EXAMPLES = 1 << 20;
  private static final int MOST_PROBABILITIES = 1 << 23;

  private final ExampleRole role;
  private final List<MonitoredChunk> chunks = new ArrayList<>();

  /** How many of the chunks the look that is under way has had. */
  private int seen;

  MonitoredRole(ExampleRole role) {
    this.role = role;
  }

  MonitoredRole(ExampleRole role, DataInput in) throws IOException {
    this.role = role;
    for (int n = StateIo.readLength(in); n > 0; n--) {
      chunks.add(new MonitoredChunk(role, in));
    }
    seen = in.readInt();
    if (seen < 0 || seen > chunks.size()) {
      throw new IOException("state holds %d of %d chunks".formatted(seen, chunks.size()));
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(chunks.size());
    for (MonitoredChunk chunk : chunks) {
      chunk.save(out);
    }
    out.writeInt(seen);
  }

  /**
   * Takes a chunk of a look. O(examples · classes).
   *
   * @param first whether it is the first of the look
   * @param timeConstant of the exponential means, in steps
   * @return what it showed; null, and nothing is taken, if it is too large to be kept
   */
  @Nullable RoleLook look(
      long step,
      PredictionsMonitored event,
      boolean first,
      ExamplesAggregator labels,
      double timeConstant) {
    seen = first ? 0 : seen;
    if (isTooMuch(event)) {
      return null;
    }
    RoleLook look = chunk(event).look(step, event, labels, timeConstant);
    seen++;
    return look;
  }

  /** Whether an event is of the chunk that is the first of a look. */
  boolean isFirst(PredictionsMonitored event) {
    return !chunks.isEmpty() && chunks.get(0).isOf(event);
  }

  private boolean isTooMuch(PredictionsMonitored event) {
    long examples = event.ids().length;
    for (MonitoredChunk chunk : chunks.subList(0, seen)) {
      examples += Math.max(1, chunk.size());
    }
    return examples > MOST_EXAMPLES || examples * event.classes() > MOST_PROBABILITIES;
  }

  /** The next one; those before it that were to come are forgotten. */
  private MonitoredChunk chunk(PredictionsMonitored event) {
    for (int i = seen; i < chunks.size(); i++) {
      if (chunks.get(i).isOf(event)) {
        chunks.subList(seen, i).clear();
        return chunks.get(seen);
      }
    }
    chunks.add(seen, new MonitoredChunk(role));
    return chunks.get(seen);
  }

  /** The look is complete. */
  void completeLook() {
    chunks.subList(seen, chunks.size()).clear();
    seen = 0;
  }

  /** What it has come to, of the examples that have a valid prediction and a known label. */
  MonitoredView view() {
    int size = 0;
    for (MonitoredChunk chunk : chunks) {
      size += chunk.size();
    }
    MonitoredView all = view(size);
    int valid = 0;
    for (MonitoredChunk chunk : chunks) {
      valid = chunk.write(all, valid);
    }
    return valid == size ? all : all.first(valid);
  }

  private MonitoredView view(int size) {
    int classes = 0;
    long meansFrom = 0;
    int ranked = 0;
    long rankSum = 0;
    for (MonitoredChunk chunk : chunks) {
      classes = Math.max(classes, chunk.classes());
      meansFrom = Math.max(meansFrom, chunk.meansFrom());
      ranked += chunk.ranked();
      rankSum += chunk.rankSum();
    }
    return new MonitoredView(
        role,
        classes,
        meansFrom,
        new int[size],
        new int[size],
        new int[size],
        new float[size],
        new float[size],
        new int[size],
        ranked,
        rankSum);
  }
}
