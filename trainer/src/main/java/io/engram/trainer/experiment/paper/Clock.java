package io.engram.trainer.experiment.paper;

import io.engram.trainer.dataset.DataLocations;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tasks that are not done will take, by what those took that are: a run by the seconds a unit
 * of work of its study; where none of it is done by timed steps, or by the runs of all studies. An
 * experiment by what it is said to take, times how much faster or slower others were.
 */
final class Clock {
  /** Until a run has been measured. */
  private static final double UNITS_PER_SECOND = 1e10;

  private final CellStore cells;
  private final ReportStore reports;
  private final List<PlannedStudy> studies;
  private final Map<String, Work> timed = new HashMap<>();

  Clock(List<PlannedStudy> studies, CellStore cells, ReportStore reports) {
    this.studies = studies;
    this.cells = cells;
    this.reports = reports;
  }

  /** Seconds of these tasks one after the other. */
  double seconds(List<Task> tasks) {
    double whole = speed();
    Work all = new Work(0, 0);
    Map<String, Work> own = new HashMap<>();
    for (PlannedStudy study : studies) {
      Work work = measured(study);
      own.put(study.name(), work.isEmpty() ? timed.getOrDefault(study.name(), work) : work);
      all = all.and(work);
    }
    double fallback = all.isEmpty() ? 1 / UNITS_PER_SECOND : all.rate();
    double sum = 0;
    for (Task task : tasks) {
      if (task instanceof Task.Training training) {
        Work work = own.getOrDefault(task.study().name(), new Work(0, 0));
        sum += (work.isEmpty() ? fallback : work.rate()) * Cost.of(training.cell().spec());
      } else {
        sum += whole * task.study().scale().expectedSeconds();
      }
    }
    return sum;
  }

  /** Times some steps of the largest run of a study that is here. */
  void time(PlannedStudy study, DataLocations locations) {
    study.cells().stream()
        .map(Cell::spec)
        .max(Comparator.comparingDouble(Cost::of))
        .ifPresent(
            spec ->
                timed.put(
                    study.name(), new Work(StepTimer.seconds(spec, locations), Cost.of(spec))));
  }

  private record Work(double seconds, double units) {
    Work and(Work other) {
      return new Work(seconds + other.seconds, units + other.units);
    }

    boolean isEmpty() {
      return units == 0;
    }

    double rate() {
      return seconds / units;
    }
  }

  private Work measured(PlannedStudy study) {
    Work work = new Work(0, 0);
    for (Cell cell : study.cells()) {
      double took = cells.has(cell) ? cells.seconds(cell) : Double.NaN;
      if (!Double.isNaN(took)) {
        work = work.and(new Work(took, Cost.of(cell.spec())));
      }
    }
    return work;
  }

  private double speed() {
    double[] ratios =
        studies.stream()
            .filter(study -> !study.isGrid() && study.scale().expectedSeconds() > 0)
            .flatMapToDouble(
                study ->
                    reports.read(study).stream()
                        .mapToDouble(read -> read.seconds() / study.scale().expectedSeconds()))
            .sorted()
            .toArray();
    return ratios.length == 0 ? 1 : Arrays.stream(ratios).average().orElse(1);
  }
}
