package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.Series;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Lines of pictures, means over seeds. */
final class Curves {
  private Curves() {}

  /** The mean at each x over those that have a value there, with all single values as points. */
  static List<Series> of(
      String name,
      Collection<CellRecord> records,
      Collection<Double> at,
      BiFunction<CellRecord, Double, Double> value) {
    double[] x = new TreeSet<>(at).stream().mapToDouble(Double::doubleValue).toArray();
    double[] mean = new double[x.length];
    double[] pointsX = new double[x.length * records.size()];
    double[] pointsY = new double[pointsX.length];
    int point = 0;
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      int count = 0;
      for (CellRecord each : records) {
        double found = value.apply(each, x[i]);
        pointsX[point] = x[i];
        pointsY[point++] = found;
        sum += Double.isNaN(found) ? 0 : found;
        count += Double.isNaN(found) ? 0 : 1;
      }
      mean[i] = count == 0 ? Double.NaN : sum / count;
    }
    return List.of(Series.line(name, x, mean), Series.points(name, pointsX, pointsY));
  }
}
