package io.engram.trainer.experiment.paper;

import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.spec.InvalidSettingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs tasks in this process. What fails is told and left; the next can be run. */
public final class FolderWorker implements Worker {
  private static final double NANOS = 1e9;

  private final Path out;
  private final DataLocations locations;
  private final List<Experiment> experiments;
  private final CellTrainer trainer;
  private final Map<String, Task> tasks = new HashMap<>();

  /**
   * @param experiments those that a study may name
   * @throws InvalidSettingException if no study has the scale or the folder cannot be used
   */
  public FolderWorker(
      String scale,
      Path out,
      DataLocations locations,
      List<Experiment> experiments,
      CellTrainer trainer) {
    this.out = out;
    this.locations = locations;
    this.experiments = List.copyOf(experiments);
    this.trainer = trainer;
    Tasks.of(scale, out, locations).all().forEach(task -> tasks.put(task.name(), task));
  }

  @Override
  public boolean run(String name, Progress progress) {
    Task task = tasks.get(name);
    if (task == null) {
      throw new IllegalArgumentException("there is no task " + name);
    }
    try (@Nullable TaskLock lock = TaskLock.take(out, name)) {
      if (lock == null) {
        return false;
      }
      if (!task.isDone()) {
        if (task instanceof Task.Training training) {
          train(training, progress);
        } else if (task instanceof Task.Whole whole) {
          run(whole, progress);
        }
      }
      return true;
    }
  }

  private void train(Task.Training task, Progress progress) {
    Cell cell = task.cell();
    boolean goesOn = task.store().soFar(cell).isPresent();
    long began = System.nanoTime();
    CellRecorder recorder = recorder(task);
    RunFinished end = trainer.train(cell, goesOn, recorder);
    if (goesOn && end.outcome() == Outcome.FAILED) {
      task.store().forget(cell);
      progress.say("%s begins anew: %s".formatted(cell, end.detail()));
      goesOn = false;
      began = System.nanoTime();
      recorder = recorder(task);
      end = trainer.train(cell, false, recorder);
    }
    if (end.outcome() == Outcome.COMPLETED) {
      task.store().finish(cell, recorder.events(), goesOn ? Double.NaN : secondsSince(began));
    } else {
      progress.say("%s did not end (%s): %s".formatted(cell, end.outcome(), end.detail()));
    }
  }

  private static CellRecorder recorder(Task.Training task) {
    return new CellRecorder(task.cell(), task.store(), task.study().study().scoresDetectors());
  }

  private void run(Task.Whole task, Progress progress) {
    PlannedStudy study = task.study();
    Experiment experiment =
        experiments.stream()
            .filter(each -> each.name().equals(study.study().experiment()))
            .findFirst()
            .orElseThrow();
    long began = System.nanoTime();
    Report report;
    try {
      report = experiment.run(context(experiment, study, progress));
    } catch (RuntimeException e) {
      progress.say("%s did not end: %s".formatted(study.name(), e));
      return;
    }
    task.store().write(study, StoredReport.of(report, secondsSince(began)));
  }

  private ExperimentContext context(Experiment experiment, PlannedStudy study, Progress progress) {
    return new ExperimentContext(
        Parameters.of(experiment.parameters(), study.scale().settings()),
        null,
        experiment.datasets(),
        locations,
        named(study.name(), progress));
  }

  private static Progress named(String study, Progress progress) {
    return new Progress() {
      @Override
      public void at(String what, long done, long total) {
        progress.at("%s: %s".formatted(study, what), done, total);
      }

      @Override
      public void say(String line) {
        progress.say("%s: %s".formatted(study, line));
      }
    };
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / NANOS;
  }
}
