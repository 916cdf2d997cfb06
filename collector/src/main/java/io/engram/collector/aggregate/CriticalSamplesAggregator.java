package io.engram.collector.aggregate;

import io.engram.events.CriticalSamplesSearched;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the searches for critical samples by split and radius, up to 16 such pairs. */
final class CriticalSamplesAggregator {
  private static final int MOST_PAIRS = 16;
  private static final int MOST_EXAMPLES = 100_000;

  private final List<CriticalSamples> pairs = new ArrayList<>();
  private @Nullable List<CriticalSamplesSnapshot> snapshots;
  private long searches;

  CriticalSamplesAggregator() {}

  CriticalSamplesAggregator(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      pairs.add(new CriticalSamples(in));
    }
    searches = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(pairs.size());
    for (CriticalSamples pair : pairs) {
      pair.save(out);
    }
    out.writeLong(searches);
  }

  /**
   * Returns false, and counts nothing, if there is nothing to count: no example, no iteration, more
   * than 100,000 examples, or a pair of split and radius beyond the 16th.
   */
  boolean onSearched(long step, CriticalSamplesSearched event) {
    int n = event.ids().length;
    if (n == 0 || n > MOST_EXAMPLES || event.iterations() < 1) {
      return false;
    }
    CriticalSamples pair = find(event);
    if (pair == null) {
      return false;
    }
    pair.onSearched(step, event);
    snapshots = null;
    searches++;
    return true;
  }

  private @Nullable CriticalSamples find(CriticalSamplesSearched event) {
    for (CriticalSamples pair : pairs) {
      if (pair.isOf(event.split(), event.radius())) {
        return pair;
      }
    }
    if (pairs.size() == MOST_PAIRS) {
      return null;
    }
    CriticalSamples fresh = new CriticalSamples(event.split(), event.radius());
    pairs.add(fresh);
    return fresh;
  }

  /** Searches counted, all pairs together. */
  long searches() {
    return searches;
  }

  List<SeriesTable> series() {
    return pairs.stream().map(CriticalSamples::series).toList();
  }

  /** In the order in which the pairs were first searched. */
  List<CriticalSamplesView> views() {
    return pairs.stream().map(CriticalSamples::view).toList();
  }

  /** In the order in which the pairs were first searched. */
  List<CriticalSamplesSnapshot> snapshot() {
    if (snapshots == null) {
      snapshots = pairs.stream().map(CriticalSamples::snapshot).toList();
    }
    return Objects.requireNonNull(snapshots);
  }
}
