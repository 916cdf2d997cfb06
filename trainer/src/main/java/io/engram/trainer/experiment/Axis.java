package io.engram.trainer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * An axis of a plot.
 *
 * @param label what it measures, with its unit
 * @param logarithmic whether powers of ten are equally far apart; only values above 0 are drawn
 *     then
 */
public record Axis(String label, boolean logarithmic) {
  /** A linear axis. */
  public static Axis of(String label) {
    return new Axis(label, false);
  }

  /** A logarithmic axis. */
  public static Axis log(String label) {
    return new Axis(label, true);
  }

  /** Where values lie: from 0 to 1 between the ends of the axis. */
  Scale scale(DoubleStream values) {
    double[] drawn =
        values.filter(value -> Double.isFinite(value) && (!logarithmic || value > 0)).toArray();
    if (drawn.length == 0) {
      drawn = new double[] {logarithmic ? 1 : 0};
    }
    double low = place(Arrays.stream(drawn).min().orElseThrow());
    double high = place(Arrays.stream(drawn).max().orElseThrow());
    if (high - low < 1e-12 * Math.max(1, Math.abs(low))) {
      low -= 0.5;
      high += 0.5;
    }
    double step = step(high - low);
    return new Scale(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
  }

  private double place(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  /** 1, 2 or 5 times a power of ten; on a logarithmic axis whole decades. */
  private double step(double range) {
    double power = Math.pow(10, Math.floor(Math.log10(range / 5)));
    double times = range / 5 / power;
    double step = power * (times > 5 ? 10 : times > 2 ? 5 : times > 1 ? 2 : 1);
    return logarithmic ? Math.max(1, Math.rint(step)) : step;
  }

  /** An axis whose ends are known. */
  final class Scale {
    private final double low;
    private final double high;
    private final double step;

    private Scale(double low, double high, double step) {
      this.low = low;
      this.high = high;
      this.step = step;
    }

    double at(double value) {
      return (place(value) - low) / (high - low);
    }

    /** A value as it is written at the axis: no more digits than tell ticks apart. */
    String label(double tick) {
      int digits = logarithmic ? 0 : (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
      return logarithmic && tick < 1 || digits > 6
          ? Table.text(tick)
          : String.format(Locale.ROOT, "%." + digits + "f", tick);
    }

    /** Values to be written at the axis. */
    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (long i = 0; low + i * step <= high + step / 2; i++) {
        double place = Math.rint((low + i * step) / step) * step;
        ticks.add(logarithmic ? Math.pow(10, place) : place);
      }
      return ticks;
    }
  }
}
