package io.engram.trainer.experiment.onset;

import io.engram.events.EventEnvelope;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains the runs of a grid, one after the other, and keeps the events of each in a file; what is
 * there already is not trained again.
 */
public final class OnsetEvaluation {
  private final List<PlannedRun> runs;
  private final SeriesStore store;
  private final Progress progress;

  /**
   * @param grid a shipped grid's name or the path of a grid file
   * @param out the evaluation's folder
   * @throws io.engram.trainer.spec.InvalidSettingException if the grid or the folder cannot be used
   */
  public OnsetEvaluation(String grid, Path out, Progress progress) {
    runs = GridFiles.plan(GridFiles.read(grid));
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
    List<PlannedRun> missing =
        runs.stream().limit(most).filter(run -> !isReadable(run)).toList();
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
      List<EventEnvelope> events = store.read(run);
      return !events.isEmpty();
    } catch (IOException e) {
      progress.say("%s is trained again: %s".formatted(store.file(run), e.getMessage()));
      return false;
    }
  }

  private static String name(PlannedRun run) {
    return "%s, seed %d".formatted(run.condition().name(), run.seed());
  }
}
