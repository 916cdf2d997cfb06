package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The norms of one layer. */
final class LayerGradients {
  private final String name;
  private final LogHistogram gradientNorms;
  private double gradient = Double.NaN;
  private double update = Double.NaN;
  private double parameters = Double.NaN;

  LayerGradients(String name) {
    this.name = name;
    gradientNorms = new LogHistogram(LogHistogram.NORMS);
  }

  LayerGradients(DataInput in) throws IOException {
    name = StateIo.readString(in);
    gradientNorms = new LogHistogram(LogHistogram.NORMS, in);
    gradient = in.readDouble();
    update = in.readDouble();
    parameters = in.readDouble();
  }

  void save(DataOutput out) throws IOException {
    StateIo.writeString(out, name);
    gradientNorms.save(out);
    out.writeDouble(gradient);
    out.writeDouble(update);
    out.writeDouble(parameters);
  }

  String name() {
    return name;
  }

  void observe(double gradientNorm, double updateNorm, double parameterNorm) {
    gradient = gradientNorm;
    update = updateNorm;
    parameters = parameterNorm;
    gradientNorms.observe(gradientNorm);
  }

  LayerSnapshot snapshot() {
    return new LayerSnapshot(name, gradient, update, parameters, gradientNorms.snapshot());
  }
}
