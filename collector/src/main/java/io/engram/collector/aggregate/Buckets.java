package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts of examples in ranges of a quantity; an example that changes moves between them. */
final class Buckets {
  private final double[] upperBounds;
  private final long[] counts;

  Buckets(double... upperBounds) {
    this.upperBounds = upperBounds;
    counts = new long[upperBounds.length + 1];
  }

  /** The bucket of a value that is not NaN. */
  int of(double value) {
    int bucket = 0;
    while (bucket < upperBounds.length && value > upperBounds[bucket]) {
      bucket++;
    }
    return bucket;
  }

  void enter(int bucket) {
    counts[bucket]++;
  }

  void leave(int bucket) {
    counts[bucket]--;
  }

  Distribution snapshot() {
    return new Distribution(upperBounds, counts.clone());
  }

  void save(DataOutput out) throws IOException {
    StateIo.writeLongs(out, counts, counts.length);
  }

  void restore(DataInput in) throws IOException {
    StateIo.readLongsInto(counts, in);
  }
}
