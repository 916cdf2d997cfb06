package io.engram.collector.aggregate;

import io.engram.events.GradientSpectrumMeasured;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Keeps what the spectra of the gradients' covariance come to. */
final class SpectrumAggregator {
  private final SeriesTable series;
  private SpectrumSnapshot latest = new SpectrumSnapshot(0, 0, 0, Double.NaN, Double.NaN);

  SpectrumAggregator() {
    series =
        new SeriesTable(
            List.of(SeriesNames.GRADIENT_EFFECTIVE_RANK, SeriesNames.GRADIENT_COVARIANCE_TRACE));
  }

  SpectrumAggregator(DataInput in) throws IOException {
    series = new SeriesTable(in);
    latest =
        new SpectrumSnapshot(
            in.readLong(), in.readLong(), in.readInt(), in.readDouble(), in.readDouble());
  }

  void save(DataOutput out) throws IOException {
    series.save(out);
    out.writeLong(latest.measured());
    out.writeLong(latest.step());
    out.writeInt(latest.examples());
    out.writeDouble(latest.effectiveRank());
    out.writeDouble(latest.trace());
  }

  void onGradientSpectrumMeasured(long step, GradientSpectrumMeasured event) {
    double rank = EffectiveRank.of(event.eigenvalues());
    double trace = EffectiveRank.trace(event.eigenvalues());
    latest = new SpectrumSnapshot(latest.measured() + 1, step, event.examples(), rank, trace);
    series.append(step, rank, trace);
  }

  SeriesTable series() {
    return series;
  }

  SpectrumSnapshot snapshot() {
    return latest;
  }
}
