package io.engram.trainer.experiment.paper;

import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Report;
import java.util.function.Consumer;

/** Something that is run as one piece and kept when it is done. */
interface Task {
  /** Its study. */
  PlannedStudy study();

  /** Which repetition. */
  int seed();

  /** Whether it is done and kept. */
  boolean isDone();

  /**
   * Runs it and keeps what it showed.
   *
   * @param told hears why it did not end, a line
   */
  void run(Consumer<String> told);

  /** A run of a grid. */
  record Training(PlannedStudy study, Cell cell, CellStore store, CellTrainer trainer)
      implements Task {
    @Override
    public int seed() {
      return cell.seed();
    }

    @Override
    public boolean isDone() {
      return store.has(cell);
    }

    @Override
    public void run(Consumer<String> told) {
      boolean goesOn = store.soFar(cell).isPresent();
      long began = System.nanoTime();
      CellRecorder recorder = new CellRecorder(cell, store, study.study().scoresDetectors());
      RunFinished end = trainer.train(cell, goesOn, recorder);
      if (goesOn && end.outcome() == Outcome.FAILED) {
        store.forget(cell);
        told.accept("%s begins anew: %s".formatted(cell, end.detail()));
        goesOn = false;
        began = System.nanoTime();
        recorder = new CellRecorder(cell, store, study.study().scoresDetectors());
        end = trainer.train(cell, false, recorder);
      }
      if (end.outcome() == Outcome.COMPLETED) {
        store.finish(
            cell, recorder.events(), goesOn ? Double.NaN : (System.nanoTime() - began) / 1e9);
      } else {
        told.accept("%s did not end (%s): %s".formatted(cell, end.outcome(), end.detail()));
      }
    }

    @Override
    public String toString() {
      return cell.toString();
    }
  }

  /** An experiment that makes its own runs. */
  record Whole(
      PlannedStudy study,
      Experiment experiment,
      ReportStore store,
      DataLocations locations,
      Progress progress)
      implements Task {
    @Override
    public int seed() {
      return 1;
    }

    @Override
    public boolean isDone() {
      return store.read(study).isPresent();
    }

    @Override
    public void run(Consumer<String> told) {
      long began = System.nanoTime();
      ExperimentContext context =
          new ExperimentContext(
              Parameters.of(experiment.parameters(), study.scale().settings()),
              null,
              experiment.datasets(),
              locations,
              progress);
      Report report = experiment.run(context);
      store.write(study, StoredReport.of(report, (System.nanoTime() - began) / 1e9));
    }

    @Override
    public String toString() {
      return study.name();
    }
  }
}
