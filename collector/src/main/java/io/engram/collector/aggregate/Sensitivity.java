package io.engram.collector.aggregate;

import io.engram.events.LossSensitivityMeasured;
import io.engram.events.SensitivityKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measurements of unrolled or truncated loss-sensitivity. The mean of an example is over the
 * measurements that name it; where each one names every example, as those unrolled from the first
 * step do after an epoch, it is the ḡ<sub>x</sub>(T) of Arpit et al. 2017 over the steps measured.
 * 16 bytes an example.
 */
final class Sensitivity {
  private static final int MOST_EXAMPLES = 1 << 20;
  private static final int MOST_CLASSES = 256;
  private static final Gini NO_GINI = new Gini(Double.NaN, Interval.NONE, 0);

  private final SensitivityKind kind;
  private final LogHistogram values;
  private final SeriesTable series;
  private final IdIndex index;
  private double[] sums = {};
  private int[] counts = {};
  private double[] matrixSums = {};
  private int[] matrixCounts = {};
  private int classes;
  private long measurements;
  private long step;
  private long updates;
  private Gini gini = NO_GINI;
  private ClassMatrix matrix = ClassMatrix.NONE;

  Sensitivity(SensitivityKind kind) {
    this.kind = kind;
    values = new LogHistogram(LogHistogram.NORMS);
    index = new IdIndex();
    List<String> names = new ArrayList<>(SeriesNames.gini(kind));
    names.add(SeriesNames.classDominance(kind));
    names.add(SeriesNames.classHeterogeneity(kind));
    series = new SeriesTable(names);
  }

  Sensitivity(SensitivityKind kind, DataInput in) throws IOException {
    this.kind = kind;
    values = new LogHistogram(LogHistogram.NORMS, in);
    index = new IdIndex(in);
    sums = StateIo.readDoubles(in);
    counts = StateIo.readInts(in);
    matrixSums = StateIo.readDoubles(in);
    matrixCounts = StateIo.readInts(in);
    classes = in.readInt();
    measurements = in.readLong();
    step = in.readLong();
    updates = in.readLong();
    gini = StateIo.readGini(in);
    series = new SeriesTable(in);
    if (sums.length != index.size()
        || counts.length != sums.length
        || matrixSums.length != (long) classes * classes
        || matrixCounts.length != matrixSums.length) {
      throw new IOException("state holds a loss-sensitivity whose parts differ in length");
    }
    matrix = matrix();
  }

  void save(DataOutput out) throws IOException {
    values.save(out);
    index.save(out);
    StateIo.writeDoubles(out, sums, sums.length);
    StateIo.writeInts(out, counts, counts.length);
    StateIo.writeDoubles(out, matrixSums, matrixSums.length);
    StateIo.writeInts(out, matrixCounts, matrixCounts.length);
    out.writeInt(classes);
    out.writeLong(measurements);
    out.writeLong(step);
    out.writeLong(updates);
    StateIo.writeGini(out, gini);
    series.save(out);
  }

  /**
   * Returns false, and counts nothing, if there are too many examples or classes. O(n log n) in the
   * examples.
   */
  boolean onMeasured(long atStep, LossSensitivityMeasured event) {
    int[] fresh =
        Arrays.stream(event.ids()).filter(id -> index.find(id) < 0).sorted().distinct().toArray();
    int n = index.size() + fresh.length;
    if (n > MOST_EXAMPLES || event.classes() < 0 || event.classes() > MOST_CLASSES) {
      return false;
    }
    index.add(fresh, n);
    sums = Arrays.copyOf(sums, n);
    counts = Arrays.copyOf(counts, n);
    for (int i = 0; i < event.ids().length; i++) {
      double value = event.sensitivity()[i];
      values.observe(value);
      if (value >= 0 && value <= Double.MAX_VALUE) {
        int slot = index.find(event.ids()[i]);
        sums[slot] += value;
        counts[slot]++;
      }
    }
    addMatrix(event);
    measurements++;
    step = atStep;
    updates = event.updates();
    gini = Gini.of(means());
    matrix = matrix();
    series.append(
        atStep,
        gini.coefficient(),
        gini.interval().lower(),
        gini.interval().upper(),
        matrix.dominance(),
        matrix.heterogeneity());
    return true;
  }

  private double[] means() {
    double[] means = new double[sums.length];
    Arrays.setAll(means, slot -> sums[slot] / counts[slot]);
    return means;
  }

  private void addMatrix(LossSensitivityMeasured event) {
    if (event.classes() == 0) {
      return;
    }
    if (event.classes() != classes) {
      classes = event.classes();
      matrixSums = new double[classes * classes];
      matrixCounts = new int[classes * classes];
    }
    for (int i = 0; i < matrixSums.length; i++) {
      double value = event.classMatrix()[i];
      if (value >= 0 && value <= Double.MAX_VALUE) {
        matrixSums[i] += value;
        matrixCounts[i]++;
      }
    }
  }

  private ClassMatrix matrix() {
    double[] means = new double[matrixSums.length];
    Arrays.setAll(means, i -> matrixSums[i] / matrixCounts[i]);
    return new ClassMatrix(classes, means);
  }

  SeriesTable series() {
    return series;
  }

  SensitivitySnapshot snapshot() {
    return new SensitivitySnapshot(
        kind, measurements, step, updates, gini, matrix, values.snapshot());
  }
}
