package io.engram.trainer.experiment.onset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the runs of a grid, one after the other, and keeps the events of each in a file; what is
 * there already is not trained again. Judges the detectors by those files.
 */
public final class OnsetEvaluation {
  private final String name;
  private final Grid grid;
  private final List<PlannedRun> runs;
  private final SeriesStore store;
  private final Progress progress;

  /**
   * @param grid a shipped grid's name or the path of a grid file
   * @param out the evaluation's folder
   * @throws InvalidSettingException if the grid or the folder cannot be used
   */
  public OnsetEvaluation(String grid, Path out, Progress progress) {
    name = grid;
    this.grid = GridFiles.read(grid);
    runs = GridFiles.plan(this.grid);
    store = new SeriesStore(out);
    this.progress = progress;
  }

  /** How many runs the grid has. */
  public int size() {
    return runs.size();
  }

  /**
   * Trains what is missing of the first runs. A series that cannot be read is made again.
   *
   * @param most how many of the grid's runs, in its order
   */
  public void train(int most, DataLocations locations) {
    List<PlannedRun> missing = runs.stream().limit(most).filter(run -> !isReadable(run)).toList();
    long there = Math.min(most, runs.size()) - missing.size();
    progress.say("%d of %d runs are there".formatted(there, there + missing.size()));
    for (int i = 0; i < missing.size(); i++) {
      PlannedRun run = missing.get(i);
      progress.at(name(run), i, missing.size());
      store.write(run, Trainer.train(run.spec(), locations));
    }
  }

  private boolean isReadable(PlannedRun run) {
    if (!store.has(run)) {
      return false;
    }
    try {
      return !store.read(run).isEmpty();
    } catch (IOException e) {
      progress.say("%s is trained again: %s".formatted(store.file(run), e.getMessage()));
      return false;
    }
  }

  /**
   * Judges the runs that are there. Trains nothing; a series that cannot be read is told and left
   * out.
   *
   * @param most how many of the grid's runs, in its order
   * @throws InvalidSettingException if no run is there
   */
  public Findings judge(int most) {
    List<PlannedRun> there = runs.stream().limit(most).filter(store::has).toList();
    List<JudgedRun> judged = new ArrayList<>();
    for (int i = 0; i < there.size(); i++) {
      PlannedRun run = there.get(i);
      progress.at("judging " + name(run), i, there.size());
      try {
        judged.add(Judge.judge(run, store));
      } catch (IOException e) {
        progress.say("%s is left out: %s".formatted(store.file(run), e.getMessage()));
      }
    }
    if (judged.isEmpty()) {
      throw new InvalidSettingException("--out", "holds no run of grid %s yet".formatted(name));
    }
    Judgement judgement = new Judgement(judged, runs.size(), name, grid.fixedOn());
    return new Findings(new OnsetReport(judgement).report(), Summary.of(judgement));
  }

  /**
   * @param report to be read
   * @param summary {@code {runs, conditions: [...], detectors: [...]}}
   */
  public record Findings(Report report, ObjectNode summary) {}

  private static String name(PlannedRun run) {
    return "%s, seed %d".formatted(run.condition().name(), run.seed());
  }
}
