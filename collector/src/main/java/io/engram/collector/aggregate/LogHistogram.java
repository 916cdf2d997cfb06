package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts non-negative values in classic buckets and in native ones of schema 3 (8 for each power of
 * two) between 2<sup>-64</sup> and 2<sup>64</sup>; smaller values count as zero there, larger ones
 * in the last bucket. NaN, infinite and negative values are only counted as invalid. 8 KiB.
 */
final class LogHistogram {
  private static final int SCHEMA = 3;
  private static final int PER_OCTAVE = 1 << SCHEMA;
  private static final int LARGEST_INDEX = 64 * PER_OCTAVE;
  private static final double ZERO_THRESHOLD = 0x1p-64;
  private static final int MOST_NATIVE_BUCKETS = 160;
  private static final long MANTISSA = (1L << 52) - 1;
  private static final long EXPONENT_OF_ONE = 1023L << 52;
  private static final double[] ROOTS = new double[PER_OCTAVE];

  static {
    for (int k = 0; k < PER_OCTAVE; k++) {
      ROOTS[k] = Math.pow(2, (double) k / PER_OCTAVE);
    }
  }

  /** For L2 norms of gradients. */
  static final ClassicBounds NORMS =
      bounds(1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 1e3, 1e4);

  /** For durations in seconds. */
  static final ClassicBounds SECONDS =
      bounds(5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30);

  private final ClassicBounds bounds;
  private final long[] counts;
  private final long[] nativeCounts = new long[2 * LARGEST_INDEX + 1];
  private long zeroCount;
  private long count;
  private double sum;
  private long invalid;

  LogHistogram(ClassicBounds bounds) {
    this.bounds = bounds;
    counts = new long[bounds.upper().length + 1];
  }

  LogHistogram(ClassicBounds bounds, DataInput in) throws IOException {
    this(bounds);
    StateIo.readLongsInto(counts, in);
    int offset = StateIo.readLength(in);
    long[] window = StateIo.readLongs(in);
    if (offset + window.length > nativeCounts.length) {
      throw new IOException("state holds a histogram with too many buckets");
    }
    System.arraycopy(window, 0, nativeCounts, offset, window.length);
    zeroCount = in.readLong();
    count = in.readLong();
    sum = in.readDouble();
    invalid = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    StateIo.writeLongs(out, counts, counts.length);
    int offset = firstUsed();
    long[] window = Arrays.copyOfRange(nativeCounts, offset, Math.max(offset, lastUsed() + 1));
    out.writeInt(offset);
    StateIo.writeLongs(out, window, window.length);
    out.writeLong(zeroCount);
    out.writeLong(count);
    out.writeDouble(sum);
    out.writeLong(invalid);
  }

  /** Values that are in a bucket. */
  long count() {
    return count;
  }

  void observe(double value) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      invalid++;
      return;
    }
    count++;
    sum += value;
    int nativeBucket = 0;
    if (value <= ZERO_THRESHOLD) {
      zeroCount++;
    } else {
      nativeBucket = LARGEST_INDEX + Math.min(nativeIndex(value), LARGEST_INDEX);
      nativeCounts[nativeBucket]++;
    }
    counts[bounds.bucket(value, nativeBucket)]++;
  }

  private static ClassicBounds bounds(double... upper) {
    double[] lowerEdges = new double[2 * LARGEST_INDEX + 1];
    for (int i = 1; i < lowerEdges.length; i++) {
      lowerEdges[i] = Math.pow(2, (double) (i - 1 - LARGEST_INDEX) / PER_OCTAVE);
    }
    return new ClassicBounds(lowerEdges, upper);
  }

  /** The i with 2^((i-1)/8) &lt; value &lt;= 2^(i/8), for a normal positive value. */
  static int nativeIndex(double value) {
    double mantissa =
        Double.longBitsToDouble((Double.doubleToRawLongBits(value) & MANTISSA) | EXPONENT_OF_ONE);
    int k = mantissa > ROOTS[3] ? 4 : 0;
    k += mantissa > ROOTS[k + 1] ? 2 : 0;
    k += mantissa > ROOTS[k] ? 1 : 0;
    k += mantissa > ROOTS[k] ? 1 : 0;
    return Math.getExponent(value) * PER_OCTAVE + k;
  }

  /** The native buckets are merged pairwise until they are few enough to be sent at each scrape. */
  HistogramCounts snapshot() {
    int schema = SCHEMA;
    int first = firstUsed() - LARGEST_INDEX;
    int last = lastUsed() - LARGEST_INDEX;
    long[] used =
        last < first
            ? new long[0]
            : Arrays.copyOfRange(nativeCounts, first + LARGEST_INDEX, last + LARGEST_INDEX + 1);
    while (used.length > MOST_NATIVE_BUCKETS) {
      int mergedFirst = (first + 1) >> 1;
      long[] merged = new long[((first + used.length) >> 1) - mergedFirst + 1];
      for (int i = 0; i < used.length; i++) {
        merged[((first + i + 1) >> 1) - mergedFirst] += used[i];
      }
      used = merged;
      first = mergedFirst;
      schema--;
    }
    return new HistogramCounts(
        bounds.upper(),
        counts.clone(),
        schema,
        used.length == 0 ? 0 : first,
        used,
        ZERO_THRESHOLD,
        zeroCount,
        count,
        sum,
        invalid);
  }

  private int firstUsed() {
    int i = 0;
    while (i < nativeCounts.length && nativeCounts[i] == 0) {
      i++;
    }
    return i;
  }

  private int lastUsed() {
    int i = nativeCounts.length - 1;
    while (i >= 0 && nativeCounts[i] == 0) {
      i--;
    }
    return i;
  }
}
