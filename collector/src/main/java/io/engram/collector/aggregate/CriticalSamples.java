package io.engram.collector.aggregate;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.Split;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The searches around the examples of one split within one radius. */
final class CriticalSamples {
  /** Iterations up to which the curve of what was found is kept. */
  static final int MOST_ITERATIONS = 1_000;

  private final Split split;
  private final double radius;
  private final SeriesTable series;
  private int[] ids = {};
  private int[] foundAt = {};
  private int iterations;
  private long looks;
  private long searchedTotal;
  private long criticalTotal;
  private long step;
  private PairedChange change = PairedChange.NONE;

  CriticalSamples(Split split, double radius) {
    this.split = split;
    this.radius = radius;
    String label = CriticalSamplesSnapshot.label(radius);
    series =
        new SeriesTable(
            List.of(
                SeriesNames.criticalSampleRatio(split, label),
                SeriesNames.criticalSampleRatioLower(split, label),
                SeriesNames.criticalSampleRatioUpper(split, label)));
  }

  CriticalSamples(DataInput in) throws IOException {
    split = StateIo.readEnum(Split.class, in);
    radius = in.readDouble();
    series = new SeriesTable(in);
    ids = StateIo.readInts(in);
    foundAt = StateIo.readInts(in);
    iterations = in.readInt();
    looks = in.readLong();
    searchedTotal = in.readLong();
    criticalTotal = in.readLong();
    step = in.readLong();
    change = new PairedChange(in.readLong(), in.readLong());
    if (ids.length != foundAt.length) {
      throw new IOException("state holds a search of %d ids".formatted(ids.length));
    }
  }

  void save(DataOutput out) throws IOException {
    StateIo.writeString(out, split.name());
    out.writeDouble(radius);
    series.save(out);
    StateIo.writeInts(out, ids, ids.length);
    StateIo.writeInts(out, foundAt, foundAt.length);
    out.writeInt(iterations);
    out.writeLong(looks);
    out.writeLong(searchedTotal);
    out.writeLong(criticalTotal);
    out.writeLong(step);
    out.writeLong(change.gained());
    out.writeLong(change.lost());
  }

  boolean isOf(Split otherSplit, double otherRadius) {
    return split == otherSplit && radius == otherRadius;
  }

  void onSearched(long atStep, CriticalSamplesSearched event) {
    change = Arrays.equals(ids, event.ids()) ? change(event.foundAt()) : PairedChange.NONE;
    ids = event.ids();
    foundAt = event.foundAt();
    iterations = event.iterations();
    step = atStep;
    looks++;
    searchedTotal += ids.length;
    int critical = event.critical();
    criticalTotal += critical;
    Interval interval = Proportion.interval(critical, ids.length);
    series.append(atStep, (double) critical / ids.length, interval.lower(), interval.upper());
  }

  private PairedChange change(int[] foundAtNow) {
    long gained = 0;
    long lost = 0;
    for (int i = 0; i < foundAtNow.length; i++) {
      gained += foundAt[i] == 0 && foundAtNow[i] > 0 ? 1 : 0;
      lost += foundAt[i] > 0 && foundAtNow[i] == 0 ? 1 : 0;
    }
    return new PairedChange(gained, lost);
  }

  SeriesTable series() {
    return series;
  }

  CriticalSamplesView view() {
    return new CriticalSamplesView(split, radius, looks, step, ids, foundAt);
  }

  CriticalSamplesSnapshot snapshot() {
    int[] foundBy = foundBy();
    int critical = (int) Arrays.stream(foundAt).filter(at -> at > 0).count();
    return new CriticalSamplesSnapshot(
        split,
        radius,
        looks,
        searchedTotal,
        criticalTotal,
        step,
        ids.length,
        critical,
        Proportion.interval(critical, ids.length),
        Proportion.atEveryLook(critical, ids.length, looks),
        change,
        foundBy);
  }

  private int[] foundBy() {
    int[] foundBy = new int[Math.min(iterations, MOST_ITERATIONS)];
    for (int at : foundAt) {
      if (at > 0 && at <= foundBy.length) {
        foundBy[at - 1]++;
      }
    }
    Arrays.parallelPrefix(foundBy, Integer::sum);
    return foundBy;
  }
}
