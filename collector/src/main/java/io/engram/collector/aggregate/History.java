package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was learned of the training itself, without what was said about its delivery, its process
 * and its work: equal for a run that was resumed from its checkpoints and one that was never
 * stopped.
 */
final class History {
  final ProgressAggregator progress;
  final EvaluationsAggregator evaluations;
  final GradientsAggregator gradients;
  final ExamplesAggregator examples;
  final CriticalSamplesAggregator criticalSamples;
  final SensitivityAggregator sensitivity;
  final MonitorAggregator monitor;
  final SpectrumAggregator spectrum;
  final SValidationAggregator svalidation;

  History() {
    progress = new ProgressAggregator();
    evaluations = new EvaluationsAggregator();
    gradients = new GradientsAggregator();
    examples = new ExamplesAggregator();
    criticalSamples = new CriticalSamplesAggregator();
    sensitivity = new SensitivityAggregator();
    monitor = new MonitorAggregator();
    spectrum = new SpectrumAggregator();
    svalidation = new SValidationAggregator();
  }

  History(DataInput in) throws IOException {
    progress = new ProgressAggregator(in);
    evaluations = new EvaluationsAggregator(in);
    gradients = new GradientsAggregator(in);
    examples = new ExamplesAggregator(in);
    criticalSamples = new CriticalSamplesAggregator(in);
    sensitivity = new SensitivityAggregator(in);
    monitor = new MonitorAggregator(in);
    spectrum = new SpectrumAggregator(in);
    svalidation = new SValidationAggregator(in);
  }

  void save(DataOutput out) throws IOException {
    progress.save(out);
    evaluations.save(out);
    gradients.save(out);
    examples.save(out);
    criticalSamples.save(out);
    sensitivity.save(out);
    monitor.save(out);
    spectrum.save(out);
    svalidation.save(out);
  }

  /** See {@link RunAggregate#seriesNames}. */
  List<String> seriesNames() {
    return List.copyOf(seriesByName().keySet());
  }

  /** See {@link RunAggregate#series}. */
  List<SeriesPoints> series(List<String> names, long fromStep, long toStep, int maxPoints) {
    if (maxPoints < Thinning.FEWEST) {
      throw new IllegalArgumentException(
          "maxPoints %d must be at least %d".formatted(maxPoints, Thinning.FEWEST));
    }
    Map<String, SeriesTable> tables = seriesByName();
    List<SeriesPoints> result = new ArrayList<>(names.size());
    for (String name : names) {
      SeriesTable table = tables.get(name);
      if (table == null) {
        throw new IllegalArgumentException(
            "series '%s' is not one of %s".formatted(name, String.join(", ", tables.keySet())));
      }
      result.add(Thinning.thin(table.points(name, fromStep, toStep), maxPoints));
    }
    return result;
  }

  /** Those series that are kept of a branch that is left, from a step on. */
  List<SeriesPoints> branch(long fromStep) {
    List<SeriesPoints> points = new ArrayList<>();
    Map<String, SeriesTable> tables = seriesByName();
    for (String name : LeftBranches.SERIES) {
      SeriesTable table = tables.get(name);
      if (table != null) {
        points.add(table.points(name, fromStep, Long.MAX_VALUE));
      }
    }
    points.removeIf(series -> series.steps().length == 0);
    return points;
  }

  private Map<String, SeriesTable> seriesByName() {
    List<SeriesTable> tables = new ArrayList<>();
    tables.add(progress.series());
    tables.add(gradients.series());
    tables.addAll(examples.series());
    tables.addAll(evaluations.series());
    tables.addAll(criticalSamples.series());
    tables.addAll(sensitivity.series());
    tables.addAll(monitor.series());
    tables.add(spectrum.series());
    Map<String, SeriesTable> byName = new TreeMap<>();
    for (SeriesTable table : tables) {
      if (!table.isEmpty()) {
        table.names().forEach(name -> byName.put(name, table));
      }
    }
    return byName;
  }
}
