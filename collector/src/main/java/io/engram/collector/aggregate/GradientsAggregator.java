package io.engram.collector.aggregate;

import io.engram.events.GradientNormsMeasured;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Keeps the norms of each layer and their distributions. The layers are those of the run's header;
 * if it was missed, as many as the first event has, called {@code layer0}, {@code layer1}, … Of
 * more layers than there is room for, the first ones are kept.
 */
final class GradientsAggregator {
  private static final List<String> NORMS =
      List.of(SeriesNames.GRADIENT_NORM, SeriesNames.PARAMETER_NORM);

  private List<LayerGradients> layers = List.of();
  private SeriesTable series = new SeriesTable(NORMS);
  private IntSupplier room = () -> Runs.MOST_LAYERS_OF_A_RUN;
  private int declared;
  private double gradientNorm = Double.NaN;
  private double parameterNorm = Double.NaN;

  GradientsAggregator() {}

  GradientsAggregator(DataInput in) throws IOException {
    layers = new ArrayList<>();
    for (int n = StateIo.readLength(in); n > 0; n--) {
      layers.add(new LayerGradients(in));
    }
    declared = in.readInt();
    series = new SeriesTable(in);
    gradientNorm = in.readDouble();
    parameterNorm = in.readDouble();
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(layers.size());
    for (LayerGradients layer : layers) {
      layer.save(out);
    }
    out.writeInt(declared);
    series.save(out);
    out.writeDouble(gradientNorm);
    out.writeDouble(parameterNorm);
  }

  /** Begins anew unless these are the layers that are known already. */
  void onLayers(List<String> names) {
    List<String> unique = unique(names, room.getAsInt());
    declared = names.size();
    if (unique.equals(layers.stream().map(LayerGradients::name).toList())) {
      return;
    }
    layers = unique.stream().map(LayerGradients::new).toList();
    List<String> columns = new ArrayList<>(NORMS);
    unique.forEach(name -> columns.add(SeriesNames.gradientNorm(name)));
    unique.forEach(name -> columns.add(SeriesNames.updateRatio(name)));
    series = new SeriesTable(columns);
    gradientNorm = Double.NaN;
    parameterNorm = Double.NaN;
  }

  /** Names that are empty or repeated get their position, so that each labels one series. */
  private static List<String> unique(List<String> names, int most) {
    Set<String> unique = new LinkedHashSet<>();
    for (int l = 0; l < Math.min(most, names.size()); l++) {
      String name = names.get(l).isEmpty() ? "layer" + l : BoundedHeader.cut(names.get(l));
      while (!unique.add(name)) {
        name = name + "-" + l;
      }
    }
    return List.copyOf(unique);
  }

  /** Returns false, and counts nothing, if the event has another number of layers. */
  boolean onGradientNormsMeasured(long step, GradientNormsMeasured event) {
    int n = event.gradient().length;
    if (declared == 0) {
      List<String> names = new ArrayList<>();
      for (int l = 0; l < n; l++) {
        names.add("layer" + l);
      }
      onLayers(names);
    }
    if (n == 0 || n != declared) {
      return false;
    }
    int kept = layers.size();
    double squares = 0;
    double parameterSquares = 0;
    double[] row = new double[2 + 2 * kept];
    for (int l = 0; l < n; l++) {
      double norm = event.gradient()[l];
      squares += norm * norm;
      parameterSquares += event.parameters()[l] * event.parameters()[l];
      if (l < kept) {
        layers.get(l).observe(norm, event.update()[l], event.parameters()[l]);
        row[2 + l] = norm;
        row[2 + kept + l] = event.update()[l] / event.parameters()[l];
      }
    }
    gradientNorm = Math.sqrt(squares);
    parameterNorm = Math.sqrt(parameterSquares);
    row[0] = gradientNorm;
    row[1] = parameterNorm;
    series.append(step, row);
    return true;
  }

  /** How many layers it keeps. */
  int size() {
    return layers.size();
  }

  /** Whether there are more layers than it keeps. */
  boolean isCut() {
    return declared > layers.size();
  }

  /**
   * @param room asked when layers become known
   */
  void limit(IntSupplier room) {
    this.room = room;
  }

  SeriesTable series() {
    return series;
  }

  GradientsSnapshot snapshot(HistogramCounts exampleGradientNorms) {
    return new GradientsSnapshot(
        gradientNorm,
        parameterNorm,
        layers.stream().map(LayerGradients::snapshot).toList(),
        exampleGradientNorms);
  }
}
