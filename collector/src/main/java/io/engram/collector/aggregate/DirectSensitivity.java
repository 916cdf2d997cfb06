package io.engram.collector.aggregate;

import io.engram.events.SensitivityKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The direct loss-sensitivity, the L1 norm of the gradient of an example's loss by its own input,
 * as presentations show it. The examples' means are looked at when an epoch ends.
 */
final class DirectSensitivity {
  private final LogHistogram values;
  private final SeriesTable series;
  private long measurements;
  private long step;
  private Gini gini = new Gini(Double.NaN, Interval.NONE, 0);

  DirectSensitivity() {
    values = new LogHistogram(LogHistogram.NORMS);
    series = new SeriesTable(SeriesNames.gini(SensitivityKind.DIRECT));
  }

  DirectSensitivity(DataInput in) throws IOException {
    values = new LogHistogram(LogHistogram.NORMS, in);
    series = new SeriesTable(in);
    measurements = in.readLong();
    step = in.readLong();
    gini = StateIo.readGini(in);
  }

  void save(DataOutput out) throws IOException {
    values.save(out);
    series.save(out);
    out.writeLong(measurements);
    out.writeLong(step);
    StateIo.writeGini(out, gini);
  }

  void observe(float value) {
    values.observe(value);
  }

  void onMeans(long atStep, double[] means) {
    gini = Gini.of(means);
    step = atStep;
    measurements++;
    series.append(atStep, gini.coefficient(), gini.interval().lower(), gini.interval().upper());
  }

  boolean isMeasured() {
    return values.count() > 0;
  }

  SeriesTable series() {
    return series;
  }

  SensitivitySnapshot snapshot() {
    return new SensitivitySnapshot(
        SensitivityKind.DIRECT, measurements, step, 0, gini, ClassMatrix.NONE, values.snapshot());
  }
}
